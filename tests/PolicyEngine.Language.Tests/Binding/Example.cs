using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Binding;

/// <summary>Compiles an example of several files: a line `-- file: NAME` begins the next one, a policy or a list.</summary>
internal static class Example
{
    /// <summary>2026-06-01: the day examples are looked at.</summary>
    public const long Today = 1_780_272_000_000;

    /// <summary>Small limits, so that examples of them are small.</summary>
    private static readonly CompilationOptions Small = new()
    {
        MaximumErrors = 5, MaximumDepth = 4, MaximumExpansion = 8, MaximumDeclarations = 6, MaximumListEntries = 6, Today = Today,
    };

    public static CompilationResult Compile(string text, bool smallLimits = false)
    {
        var files = Split(text);
        var options = (smallLimits ? Small : new CompilationOptions { Today = Today }) with
        {
            ReadList = (_, path) => files.FirstOrDefault(f => f.Path == path)?.Text,
        };
        return PolicyCompilation.Compile([.. files.Where(f => f.Path.EndsWith(".policy", StringComparison.Ordinal))], options);
    }

    public static IEnumerable<string> Codes(string text) => Compile(text).Diagnostics.Select(d => d.Code);

    /// <summary>The text with the fix of a diagnostic applied; one file only.</summary>
    public static string Apply(Fix fix, string text) =>
        fix.Edits.OrderByDescending(e => e.Span.Start).Aggregate(text, (t, e) => t[..e.Span.Start] + e.NewText + t[e.Span.End..]);

    private static List<SourceText> Split(string text)
    {
        var files = new List<SourceText>();
        var (name, start) = ("example.policy", 0);
        foreach (var line in text.Split('\n').Where(l => l.StartsWith("-- file: ", StringComparison.Ordinal)))
        {
            var at = text.IndexOf(line, start, StringComparison.Ordinal);
            files.Add(new SourceText(name, text[start..at]));
            (name, start) = (line["-- file: ".Length..].Trim(), at + line.Length + 1);
        }
        files.Add(new SourceText(name, text[Math.Min(start, text.Length)..]));
        return files;
    }
}
