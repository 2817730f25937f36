using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>Finds declarations by name: `name` here and in used packs, `pack.name` in one of them.</summary>
internal sealed class NameLookup(Workspace workspace)
{
    public EntitySymbol? Entity(PackScope scope, Path path) => Find(scope, path, "entity", p => p.Entities);

    public EventSource? Source(PackScope scope, Path path) => Find(scope, path, "event", p => p.Sources);

    public LabelSymbol? Label(PackScope scope, Path path) => Find(scope, path, "label", p => p.Labels);

    public RuleSymbol? Rule(PackScope scope, Path path)
    {
        var found = Candidates(scope, path, p => p.Sources).OfType<RuleSymbol>().ToList();
        if (found.Count == 1) return found[0];
        if (found.Count > 1) workspace.Add(NameErrors.Ambiguous(path.Span, path.Text, found));
        else if (!scope.MayHaveMeant(path.Parts[^1].Text)) workspace.Add(Unknown(scope, path, "rule", p => p.Sources.All.OfType<RuleSymbol>()));
        return null;
    }

    public LinkSymbol? Link(PackScope scope, Path path)
    {
        var found = Candidates(scope, path, p => p.Values).OfType<LinkSymbol>().ToList();
        if (found.Count > 1) workspace.Add(NameErrors.Ambiguous(path.Span, path.Text, found));
        if (found.Count == 0 && !scope.MayHaveMeant(path.Parts[^1].Text))
            workspace.Add(LinkErrors.NoLink(path, scope.Visible.SelectMany(p => p.Pack.Links).Select(l => l.Name)));
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>A list or score by name; null after an error.</summary>
    public T? Value<T>(PackScope scope, Path path, string kind) where T : Symbol
    {
        var found = Candidates(scope, path, p => p.Values);
        if (found.Count > 1) workspace.Add(NameErrors.Ambiguous(path.Span, path.Text, found));
        if (found is [T value]) return value;
        if (found is [var other]) workspace.Add(NameErrors.OtherKind(path.Span, path.Text, Report.Kind(other), kind).Beside(other.Span, "declared here"));
        if (found.Count == 0 && !scope.MayHaveMeant(path.Parts[^1].Text)) workspace.Add(Unknown(scope, path, kind, p => p.Values.All.OfType<T>()));
        return null;
    }

    /// <summary>All symbols that a path can mean in one place of names, without an error.</summary>
    public static IReadOnlyList<T> Candidates<T>(PackScope scope, Path path, Func<PackScope, NameTable<T>> place) where T : Symbol
    {
        if (path.Parts.Count == 1 && scope.Outer is not null && place(scope).Find(path.Text) is { } own) return [own];
        var packs = path.Parts.Count switch
        {
            1 => scope.Visible,
            2 => scope.Visible.Where(p => p.Pack.Name == path.Parts[0].Text),
            _ => [],
        };
        return [.. packs.Select(p => place(p).Find(path.Parts[^1].Text)).OfType<T>()];
    }

    private T? Find<T>(PackScope scope, Path path, string kind, Func<PackScope, NameTable<T>> place) where T : Symbol
    {
        var found = Candidates(scope, path, place);
        if (found.Count == 1) return found[0];
        if (found.Count > 1) workspace.Add(NameErrors.Ambiguous(path.Span, path.Text, found));
        else if (!scope.MayHaveMeant(path.Parts[^1].Text)) workspace.Add(Unknown(scope, path, kind, p => place(p).All));
        return null;
    }

    private Diagnostics.Diagnostic Unknown<T>(PackScope scope, Path path, string kind, Func<PackScope, IEnumerable<T>> known) where T : Symbol
    {
        var name = path.Parts[^1];
        if (path.Parts.Count == 2 && scope.Visible.All(p => p.Pack.Name != path.Parts[0].Text))
        {
            var exists = workspace.Packs.Any(p => p.Pack.Name == path.Parts[0].Text);
            return NameErrors.PackNotUsed(path.Parts[0], scope.Pack, exists, scope.Visible.Select(p => p.Pack.Name));
        }
        var elsewhere = workspace.Packs.FirstOrDefault(p => !scope.Sees(p.Pack) && known(p).Any(s => s.Name == name.Text));
        if (elsewhere is not null) return NameErrors.InUnusedPack(path.Span, kind, path.Text, elsewhere.Pack.Name);
        return NameErrors.Unknown(new TextSpan(name.Span.Source, name.Span.Start, name.Span.Length), kind, path.Text, name,
            [.. scope.Visible.SelectMany(known).Select(s => s.Name)]);
    }
}
