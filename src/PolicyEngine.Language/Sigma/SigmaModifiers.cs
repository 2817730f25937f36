using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Sigma;

internal enum SigmaTest { Text, Pattern, Cidr, Exists, FieldReference, Less, LessOrEqual, Greater, GreaterOrEqual }

/// <summary>A key of a selection taken apart: field, what is tested, and how its values are made anew, in the order written.</summary>
internal sealed class SigmaModifiers
{
    private static readonly string[] Known =
    [
        "all", "startswith", "endswith", "contains", "exists", "cased", "neq", "windash", "re", "i", "m", "s", "base64", "base64offset",
        "utf16", "utf16le", "utf16be", "wide", "lt", "lte", "gt", "gte", "cidr", "expand", "fieldref",
    ];

    public required string Field { get; init; }

    public SigmaTest Test { get; private set; } = SigmaTest.Text;

    public bool All { get; private set; }

    public bool Cased { get; private set; }

    public bool Negated { get; private set; }

    public bool Expands { get; private set; }

    /// <summary>Inline options of a pattern: `i`, `m`, `s`.</summary>
    public string PatternOptions { get; private set; } = "";

    /// <summary>startswith, endswith, contains and the encodings, in their order.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>Null after an unknown modifier.</summary>
    public static SigmaModifiers? Read(YamlScalar key, SigmaReport report)
    {
        var parts = key.Value.Split('|');
        var modifiers = new SigmaModifiers { Field = parts[0] };
        var at = parts[0].Length + 1;
        foreach (var part in parts.Skip(1))
        {
            if (!modifiers.Take(part))
            {
                report.UnknownModifier(key.SpanOf(at, part.Length), part, Known);
                return null;
            }
            at += part.Length + 1;
        }
        return modifiers;
    }

    private bool Take(string modifier)
    {
        switch (modifier)
        {
            case "all":
                All = true;
                return true;
            case "cased":
                Cased = true;
                return true;
            case "neq":
                Negated = true;
                return true;
            case "expand":
                Expands = true;
                return true;
            case "i" or "m" or "s" when Test == SigmaTest.Pattern:
                PatternOptions += modifier;
                return true;
            case "startswith" or "endswith" or "contains" or "windash" or "base64" or "base64offset" or "utf16" or "utf16le" or "utf16be" or "wide":
                Changes.Add(modifier);
                return true;
            default:
                return TakeTest(modifier);
        }
    }

    private bool TakeTest(string modifier)
    {
        var test = modifier switch
        {
            "re" => SigmaTest.Pattern,
            "cidr" => SigmaTest.Cidr,
            "exists" => SigmaTest.Exists,
            "fieldref" => SigmaTest.FieldReference,
            "lt" => SigmaTest.Less,
            "lte" => SigmaTest.LessOrEqual,
            "gt" => SigmaTest.Greater,
            "gte" => SigmaTest.GreaterOrEqual,
            _ => SigmaTest.Text,
        };
        if (test != SigmaTest.Text) Test = test;
        return test != SigmaTest.Text;
    }
}
