using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>Collects diagnostics: the same code at the same place once, errors up to a limit.</summary>
internal sealed class DiagnosticBag(int maximumErrors)
{
    private readonly List<Diagnostic> _items = [];
    private readonly HashSet<(string Code, TextSpan Span)> _seen = [];
    private int _errors;
    private int _silent;

    public bool HasErrors => _errors > 0;

    public IReadOnlyList<Diagnostic> Items => _items;

    public void Add(Diagnostic diagnostic)
    {
        if (_silent == 0) AddAlways(diagnostic);
    }

    /// <summary>Collects even what is found while others are silent.</summary>
    public void AddAlways(Diagnostic diagnostic)
    {
        if (_errors >= maximumErrors || !_seen.Add((diagnostic.Code, diagnostic.Span))) return;
        _items.Add(diagnostic);
        if (diagnostic.Severity != Severity.Error) return;
        if (++_errors == maximumErrors) _items.Add(LimitErrors.TooManyErrors(diagnostic.Span, maximumErrors));
    }

    /// <summary>Runs <paramref name="action"/> without collecting: what it would say has been said elsewhere.</summary>
    public T Silently<T>(Func<T> action)
    {
        _silent++;
        try
        {
            return action();
        }
        finally
        {
            _silent--;
        }
    }
}
