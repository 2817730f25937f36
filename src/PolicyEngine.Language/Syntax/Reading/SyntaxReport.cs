using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>Collects the diagnostics of one source, in the order of the text, up to a limit.</summary>
internal sealed class SyntaxReport(SourceText source, int limit)
{
    private readonly List<Diagnostic> _diagnostics = [];
    private int _leftOut;

    public int Count => _diagnostics.Count + _leftOut;

    public void Add(Diagnostic diagnostic)
    {
        if (_diagnostics.Count < limit) _diagnostics.Add(diagnostic);
        else _leftOut++;
    }

    /// <summary>Once for a place: each level of a deep tree would say it again.</summary>
    public void TooDeep(TextSpan span, int depth)
    {
        if (_diagnostics.Count == 0 || _diagnostics[^1].Code != SyntaxCodes.TooDeep) Add(SyntaxMessages.TooDeep(span, depth));
    }

    public IReadOnlyList<Diagnostic> All()
    {
        var all = _diagnostics.OrderBy(d => d.Span.Start).ToList();
        if (_leftOut > 0) all.Add(SyntaxMessages.LeftOut(new TextSpan(source, source.Text.Length, 0), _leftOut));
        return all;
    }
}
