using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>Files to packs: a file names its pack, or lies in a folder with files of one pack only.</summary>
internal static class PackGrouping
{
    public static void Run(Workspace workspace, IReadOnlyList<ParseResult> files)
    {
        var named = files.Select(f => (File: f, Pack: PackOf(workspace, f.File))).ToList();
        foreach (var (file, pack) in named)
        {
            var scope = ScopeFor(workspace, pack, file.File) ?? ByFolder(workspace, named, file.File);
            if (scope is null) continue;
            scope.Statements.AddRange(file.File.Statements);
            scope.BrokenNames.UnionWith(file.BrokenNames);
        }
        workspace.Packs.Sort((a, b) => string.CompareOrdinal(a.Pack.Name, b.Pack.Name));
        foreach (var scope in workspace.Packs) ResolveUses(workspace, scope);
        foreach (var scope in workspace.Packs) RefuseCircle(workspace, scope);
        foreach (var scope in workspace.Packs) scope.Pack.Uses = [.. scope.Uses.Select(u => u.Pack)];
    }

    private static PackStatement? PackOf(Workspace workspace, PolicyFile file)
    {
        var packs = file.Statements.OfType<PackStatement>().ToList();
        foreach (var second in packs.Skip(1)) workspace.Add(PackErrors.TwoPacksInFile(second.Name.Span).Beside(packs[0].Name.Span, "the first one"));
        return packs.FirstOrDefault();
    }

    private static PackScope? ScopeFor(Workspace workspace, PackStatement? pack, PolicyFile file)
    {
        if (pack is null) return null;
        var scope = workspace.Packs.Find(p => p.Pack.Name == pack.Name.Text);
        if (scope is not null) return scope;
        scope = new PackScope(new PackSymbol(pack.Name.Text, pack.Name.Span));
        workspace.Packs.Add(scope);
        return scope;
    }

    private static PackScope? ByFolder(Workspace workspace, IReadOnlyList<(ParseResult File, PackStatement? Pack)> all, PolicyFile file)
    {
        if (file.Statements.Count == 0) return null;
        var folder = Folder(file);
        var packs = all.Where(f => f.Pack is not null && Folder(f.File.File) == folder).DistinctBy(f => f.Pack!.Name.Text).ToList();
        if (packs.Count == 1) return ScopeFor(workspace, packs[0].Pack, packs[0].File.File);
        workspace.Add(PackErrors.NoPack(file.Statements[0].Span with { Length = 0 }, packs.Count));
        return null;
    }

    private static string Folder(PolicyFile file) => file.Source.Path[..(file.Source.Path.LastIndexOfAny(['/', '\\']) + 1)];

    private static void ResolveUses(Workspace workspace, PackScope scope)
    {
        foreach (var use in scope.Statements.OfType<UseStatement>())
        {
            var used = workspace.Packs.Find(p => p.Pack.Name == use.Pack.Text);
            if (used is null) workspace.Add(PackErrors.UnknownPack(use.Pack, workspace.Packs.Where(p => p != scope).Select(p => p.Pack.Name)));
            else if (used == scope) workspace.Add(PackErrors.UsesItself(use.Pack.Span, use.Pack.Text));
            else if (!scope.Uses.Contains(used)) scope.Uses.Add(used);
        }
    }

    private static void RefuseCircle(Workspace workspace, PackScope scope)
    {
        var seen = new HashSet<PackScope>();
        var open = new Stack<(PackScope Pack, IReadOnlyList<string> Row)>();
        open.Push((scope, [scope.Pack.Name]));
        while (open.TryPop(out var next))
        {
            foreach (var used in next.Pack.Uses)
            {
                // Told once, at the pack whose name comes first.
                if (used == scope && next.Row.All(n => string.CompareOrdinal(scope.Pack.Name, n) <= 0))
                    workspace.Add(PackErrors.Circle(scope.Statements.OfType<UseStatement>().First().Pack.Span, [.. next.Row, scope.Pack.Name]));
                if (seen.Add(used)) open.Push((used, [.. next.Row, used.Pack.Name]));
            }
        }
    }
}
