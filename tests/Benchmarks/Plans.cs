using PolicyEngine.Compiler;
using PolicyEngine.Language;
using PolicyEngine.Language.Text;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Benchmarks;

internal static class Plans
{
    public static Plan Compile(string policy)
    {
        var result = PolicyCompilation.Compile([new SourceText("bench.policy", policy)]);
        return result.Model is { } model
            ? PlanCompiler.Compile(model)
            : throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Select(d => $"{d.Code} {d.Message}")));
    }
}
