using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Yaml;

/// <summary>How a scalar was written.</summary>
public enum ScalarStyle { Plain, SingleQuoted, DoubleQuoted, Literal, Folded }

/// <summary>A value of a YAML document with the place where it stands, without spaces and comments around it.</summary>
public abstract record YamlNode(TextSpan Span);

/// <summary>Items in their order. <paramref name="Flow"/>: written in brackets.</summary>
public sealed record YamlSequence(TextSpan Span, IReadOnlyList<YamlNode> Items, bool Flow) : YamlNode(Span);

/// <summary>A key, which is always a scalar, and what stands behind it.</summary>
public sealed record YamlPair(YamlScalar Key, YamlNode Value)
{
    public string Name => Key.Value;
}

/// <summary>Pairs in their order, each key once. <paramref name="Flow"/>: written in braces.</summary>
public sealed record YamlMapping(TextSpan Span, IReadOnlyList<YamlPair> Pairs, bool Flow) : YamlNode(Span)
{
    /// <summary>The value of a key, compared exactly; null when there is no such key.</summary>
    public YamlNode? this[string key] => Find(key)?.Value;

    public YamlPair? Find(string key)
    {
        foreach (var pair in Pairs)
            if (string.Equals(pair.Key.Value, key, StringComparison.Ordinal)) return pair;
        return null;
    }
}

/// <summary>One document of a file. <paramref name="Root"/> is null when it holds nothing.</summary>
public sealed record YamlDocument(TextSpan Span, YamlNode? Root);

/// <summary>A comment with its sign, and whether it stood alone on its line.</summary>
public sealed record YamlComment(TextSpan Span, string Text, bool OwnLine);
