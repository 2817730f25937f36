using PolicyEngine.Cli.Terminal;
using PolicyEngine.Compiler;
using PolicyEngine.DryRun.Packs;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Cli;

/// <summary>Packs without errors, for commands that work with them rather than check them.</summary>
internal static class PackSession
{
    /// <exception cref="CommandFailure">The packs have errors, which have been shown.</exception>
    public static PolicyModel LoadModel(Shell shell, IReadOnlyList<string> paths) => Load(shell, paths).Result.Model!;

    public static (PolicyModel Model, Plan Plan) LoadPlan(Shell shell, IReadOnlyList<string> paths)
    {
        var model = LoadModel(shell, paths);
        return (model, PlanCompiler.Compile(model));
    }

    public static LoadedPacks Load(Shell shell, IReadOnlyList<string> paths)
    {
        var packs = PackLoader.Load(paths);
        if (!packs.Result.HasErrors) return packs;
        var errors = packs.Result.Diagnostics.Where(d => d.Severity == Severity.Error).ToList();
        var options = RenderOptions.Plain with { Colour = shell.ErrorColours.On };
        foreach (var error in errors) shell.Error.WriteLine(DiagnosticRenderer.Human(error, options));
        throw new CommandFailure(ExitCode.No, errors.Count == 1 ? "the pack has an error" : $"the packs have {errors.Count} errors")
        {
            Help = $"more: policy check {string.Join(' ', paths)}",
        };
    }
}
