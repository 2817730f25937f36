using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Checks;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Sigma;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language;

/// <summary>
/// Policy text to bound model: parse, group files into packs, declare names, bind, check. All errors are collected; nothing throws on
/// any text. Safe to call from many threads.
/// </summary>
public static class PolicyCompilation
{
    public static CompilationResult Compile(IReadOnlyList<SourceText> files, CompilationOptions? options = null)
    {
        return Compile(Parse(files), options ?? CompilationOptions.Default);
    }

    /// <summary>Policy text file by file; Sigma files together, since they share their events.</summary>
    private static IReadOnlyList<ParseResult> Parse(IReadOnlyList<SourceText> files)
    {
        var sigma = files.Where(IsSigma).ToList();
        if (sigma.Count == 0) return [.. files.Select(f => PolicyParser.Parse(f))];
        var bySource = SigmaPack.Read(sigma).ToDictionary(p => p.File.Source);
        return [.. files.Select(f => bySource.TryGetValue(f, out var parsed) ? parsed : PolicyParser.Parse(f))];
    }

    private static bool IsSigma(SourceText file) => SigmaFiles.IsSigma(file.Path, file.Text);

    private static CompilationResult Compile(IReadOnlyList<ParseResult> parsed, CompilationOptions options)
    {
        var workspace = new Workspace(options);
        foreach (var diagnostic in parsed.SelectMany(p => p.Diagnostics)) workspace.Add(diagnostic);
        PackGrouping.Run(workspace, parsed);
        ModelBinder.Run(workspace);
        var model = new PolicyModel { Packs = [.. workspace.Packs.Select(p => p.Pack)] };
        Check(workspace, model, parsed);
        return new CompilationResult(workspace.Bag.HasErrors ? null : model, InOrder(workspace.Bag.Items, parsed));
    }

    /// <summary>
    /// Circles are looked for unless binding has met one already. Warnings wait until there is no error: on half a model most would be
    /// wrong.
    /// </summary>
    private static void Check(Workspace workspace, PolicyModel model, IReadOnlyList<ParseResult> parsed)
    {
        if (workspace.Bag.Items.All(d => !d.Code.StartsWith("P300", StringComparison.Ordinal)))
            foreach (var circle in CircleCheck.Run(DependencyGraph.Of(model))) workspace.Add(circle);
        // Warnings help with policy text; Sigma rules are taken as they stand.
        if (workspace.Bag.HasErrors || parsed.All(p => IsSigma(p.File.Source))) return;
        var own = PolicyChecks.Warn(model, workspace.Options.Today).Where(w => w.Span.Source is not { } source || !IsSigma(source));
        foreach (var warning in new Silencing(parsed.Select(p => p.File)).Apply(own)) workspace.Add(warning);
    }

    /// <summary>By file as given, then by place, then by code.</summary>
    private static IReadOnlyList<Diagnostic> InOrder(IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<ParseResult> parsed)
    {
        var order = parsed.Select((p, i) => (p.File.Source.Written, i)).ToDictionary(p => p.Item1, p => p.i);
        return [.. diagnostics.OrderBy(d => d.Span.Source is { } source && order.TryGetValue(source, out var index) ? index : int.MaxValue)
            .ThenBy(d => d.Span.Start).ThenBy(d => d.Code, StringComparer.Ordinal)];
    }
}
