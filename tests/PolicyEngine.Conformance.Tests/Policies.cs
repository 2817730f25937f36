using PolicyEngine.Language;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Conformance.Tests;

/// <summary>Policy text to the bound model, with every error in the message of the failure.</summary>
internal static class Policies
{
    public static PolicyModel Compile(IReadOnlyDictionary<string, string> files)
    {
        var policies = files.Where(f => !f.Key.EndsWith(".csv", StringComparison.Ordinal)).Select(f => new SourceText(f.Key, f.Value));
        var options = CompilationOptions.Default with { ReadList = (_, path) => files.GetValueOrDefault(path) };
        var result = PolicyCompilation.Compile([.. policies], options);
        var errors = result.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.ToString());
        return result.Model ?? throw new InvalidOperationException(string.Join("\n", errors));
    }
}
