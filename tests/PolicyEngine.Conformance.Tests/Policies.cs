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
        var result = PolicyCompilation.Compile([.. files.Select(f => new SourceText(f.Key, f.Value))], CompilationOptions.Default);
        var errors = result.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.ToString());
        return result.Model ?? throw new InvalidOperationException(string.Join("\n", errors));
    }
}
