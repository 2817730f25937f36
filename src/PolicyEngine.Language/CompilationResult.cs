using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Language;

/// <summary>
/// What compiling gave: all diagnostics in order of file and place. <paramref name="Model"/> is null when one of them is an error.
/// </summary>
public sealed record CompilationResult(PolicyModel? Model, IReadOnlyList<Diagnostic> Diagnostics)
{
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);
}
