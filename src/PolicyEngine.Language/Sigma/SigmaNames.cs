using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Sigma;

/// <summary>
/// The name of each document within its pack: its own `name`, else that of its file, with a number where that is taken. Titles change and ids
/// say nothing.
/// </summary>
internal sealed class SigmaNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public string For(YamlMapping root)
    {
        var given = root["name"] is YamlScalar { IsNull: false } own ? own.Value : FileName(root.Span.Source!.Path);
        var name = string.Concat(given.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        if (name.Length == 0 || char.IsAsciiDigit(name[0])) name = "rule_" + name;
        var free = name;
        for (var n = 2; !_taken.Add(free); n++) free = $"{name}_{n}";
        return free;
    }

    public static string FileName(string path)
    {
        var name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        var dot = name.LastIndexOf('.');
        return dot > 0 ? name[..dot] : name;
    }
}
