using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>
/// Declarations are bound when first asked for. This keeps the row of those being bound: one that leads back into the row is a
/// circle, one that is too long is refused, so that binding never runs out of stack.
/// </summary>
internal sealed class Resolution(DiagnosticBag bag, int maximumDepth)
{
    private readonly List<(object Key, string Name, TextSpan Span)> _row = [];
    private readonly HashSet<object> _done = new(ReferenceEqualityComparer.Instance);

    /// <summary>Runs <paramref name="bind"/> once for <paramref name="key"/>; false when it leads back to itself.</summary>
    public bool Ensure(object key, string name, TextSpan span, Action bind)
    {
        if (_done.Contains(key)) return true;
        var start = _row.FindIndex(r => ReferenceEquals(r.Key, key));
        if (start >= 0)
        {
            bag.Add(CircleErrors.Circle([.. _row.Skip(start).Select(r => (r.Name, r.Span))]));
            return false;
        }
        if (_row.Count >= maximumDepth)
        {
            bag.Add(LimitErrors.TooDeep(span, maximumDepth));
            return false;
        }
        _row.Add((key, name, span));
        try
        {
            bind();
        }
        finally
        {
            _row.RemoveAt(_row.Count - 1);
            _done.Add(key);
        }
        return true;
    }
}
