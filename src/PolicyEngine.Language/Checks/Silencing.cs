using System.Text.RegularExpressions;
using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Checks;

/// <summary>
/// `-- policy: allow P4107, P4108 because "…"` on the line of a warning, or alone on the lines just above it, silences it. A silence
/// without a reason is a warning of its own.
/// </summary>
internal sealed partial class Silencing
{
    private readonly Dictionary<(SourceText Source, int Line), List<Comment>> _comments = [];

    public Silencing(IEnumerable<PolicyFile> files)
    {
        foreach (var comment in files.SelectMany(f => f.Comments))
        {
            if (!Marker().IsMatch(comment.Text) || comment.Span.Written is not { Source: { } source } span) continue;
            var key = (source, source.Position(span.Start).Line);
            if (!_comments.TryGetValue(key, out var comments)) _comments[key] = comments = [];
            comments.Add(comment);
        }
    }

    public IEnumerable<Diagnostic> Apply(IEnumerable<Diagnostic> warnings) => warnings.Where(w => !IsSilenced(w)).Concat(WithoutReason());

    private bool IsSilenced(Diagnostic warning)
    {
        if (warning.Span.Source is not { } source) return false;
        var line = source.Position(warning.Span.Start).Line;
        if (On(source, line).Any(c => Silences(c, warning.Code))) return true;
        for (var above = line - 1; above > 0 && IsComment(source.Line(above)); above--)
            if (On(source, above).Any(c => c.OwnLine && Silences(c, warning.Code))) return true;
        return false;
    }

    private static bool IsComment(string line) => line.TrimStart() is ['-', '-', ..] or ['#', ..];

    private List<Comment> On(SourceText source, int line) => _comments.GetValueOrDefault((source, line), []);

    private static bool Silences(Comment comment, string code) =>
        Silence().Match(comment.Text) is { Success: true } match && match.Groups["codes"].Value.Split(',', StringSplitOptions.TrimEntries).Contains(code);

    private IEnumerable<Diagnostic> WithoutReason() => _comments.Values.SelectMany(c => c).Where(c => !Silence().IsMatch(c.Text))
        .Select(c => Report.Warning("P4114", c.Span, "this silences nothing: it has to name codes and give a reason", "write `-- policy: allow P4107 because \"…\"`"));

    [GeneratedRegex(@"^--\s*policy:\s*allow\b", RegexOptions.CultureInvariant)]
    private static partial Regex Marker();

    [GeneratedRegex("""^--\s*policy:\s*allow\s+(?<codes>P\d{4}(\s*,\s*P\d{4})*)\s+because\s+"[^"]*[^"\s][^"]*"\s*$""", RegexOptions.CultureInvariant)]
    private static partial Regex Silence();
}
