using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Yaml;

/// <summary>The diagnostics of one source, up to a limit, in the order of the text.</summary>
internal sealed class YamlReport(SourceText source, int limit)
{
    private readonly List<Diagnostic> _diagnostics = [];
    private int _leftOut;

    public void Anchor(TextSpan span, bool alias) => Add(YamlCodes.Anchor, span, alias ? "an alias cannot be used here" : "an anchor cannot be used here",
        alias ? "repeats another part" : "names this part, to be repeated",
        "write the part out where it is needed; what several rules share can be a declaration with a name");

    public void Tag(TextSpan span) => Add(YamlCodes.Tag, span, "a tag cannot be used here", "says what kind of value this is",
        "leave it out; quotes make a text of anything");

    public void Merge(TextSpan span) => Add(YamlCodes.Merge, span, "`<<` cannot be used here", "merges another mapping",
        "write the keys out where they are needed");

    public void Duplicate(TextSpan span, string key, TextSpan first) => Add(new Diagnostic(YamlCodes.DuplicateKey, Severity.Error,
        $"the key `{Short(key)}` stands here twice", span)
    {
        Label = "again",
        Help = "keep one of them, or make a list of both values under one key",
        Related = [new RelatedPlace(first, "first here")],
    });

    public void KeyIsNoText(TextSpan span) => Add(YamlCodes.KeyIsNoText, span, "a key has to be a text", "a list or mapping as a key", null);

    /// <summary>Once for a line: a mapping and its first key begin at the same place.</summary>
    public void Tab(TextSpan indentation)
    {
        var span = new TextSpan(source, indentation.Start + indentation.Text.IndexOf('\t', StringComparison.Ordinal), 1);
        if (_diagnostics.All(d => d.Span != span)) Add(YamlCodes.Tab, span, "a line cannot be indented by tabs", "a tab", "indent by spaces");
    }

    public void TooDeep(TextSpan span, int depth) => Add(YamlCodes.TooDeep, span, $"nested more than {depth} levels deep", null, null);

    public void TooLarge(int bytes) => Add(YamlCodes.TooLarge, new TextSpan(source, 0, 0), $"a file has at most {bytes} bytes", "too large", null);

    public void Add(Diagnostic diagnostic)
    {
        if (_diagnostics.Count < limit) _diagnostics.Add(diagnostic);
        else _leftOut++;
    }

    public IReadOnlyList<Diagnostic> All()
    {
        var all = _diagnostics.OrderBy(d => d.Span.Start).ToList();
        if (_leftOut > 0)
            all.Add(new Diagnostic(YamlCodes.LeftOut, Severity.Error, $"{_leftOut} more errors in this file", new TextSpan(source, source.Text.Length, 0)));
        return all;
    }

    private void Add(string code, TextSpan span, string message, string? label, string? help) =>
        Add(new Diagnostic(code, Severity.Error, message, span) { Label = label, Help = help });

    private static string Short(string key) => key.Length <= 60 ? key : string.Concat(key.AsSpan(0, 60), "…");
}
