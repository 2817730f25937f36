using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>Makes a symbol of every declaration, so that statements may stand in any order. Nothing is bound here.</summary>
internal sealed class DeclarationCollector(Workspace workspace)
{
    private readonly Dictionary<string, int> _counts = [];

    public void Run()
    {
        foreach (var scope in workspace.Packs)
            scope.Pack.Entities = Declare<EntityStatement, EntitySymbol>(scope, "entity", s => s.Name, s => new(scope.Pack, s.Name.Text, s.Name.Span), s => scope.Entities.Declare(s));
        foreach (var scope in workspace.Packs)
            scope.Pack.Links = Value<LinkStatement, LinkSymbol>(scope, "link", s => s.Name, s => Link(scope, s));
        foreach (var scope in workspace.Packs) Names(scope);
        foreach (var scope in workspace.Packs) new RecipeExpansion(workspace, scope, IsOverLimit).Run();
        var byOutsideName = new Dictionary<string, EventSymbol>(StringComparer.Ordinal);
        foreach (var scope in workspace.Packs) new EventDeclarations(workspace, scope, byOutsideName).Run();
    }

    private void Names(PackScope scope)
    {
        var pack = scope.Pack;
        pack.Events = Source<EventStatement, EventSymbol>(scope, "event", s => s.Name, s => new(pack, s.Name.Text, s.Name.Span, s.From?.Value ?? s.Name.Text));
        pack.NamedEvents = Source<NamedEventStatement, NamedEventSymbol>(scope, "event", s => s.Name, s => new(pack, s.Name.Text, s.Name.Span));
        pack.Rules = Source<RuleStatement, RuleSymbol>(scope, "rule", s => s.Name, s => new(pack, s.Name.Text, s.Name.Span));
        pack.Labels = Declare<LabelStatement, LabelSymbol>(scope, "label", s => s.Name, s => Label(scope, s), s => scope.Labels.Declare(s));
        pack.Lists = Value<ListStatement, ListSymbol>(scope, "list", s => s.Name, s => new(pack, s.Name.Text, s.Name.Span));
        pack.Lets = Value<LetStatement, LetSymbol>(scope, "let", s => s.Name, s => new(pack, s.Name.Text, s.Name.Span));
        pack.Defines = Value<DefineStatement, DefineSymbol>(scope, "define", s => s.Name, s => new(pack, s.Name.Text, s.Name.Span));
        pack.Measures = Value<MeasureStatement, MeasureSymbol>(scope, "measure", s => s.Name, s => new(pack, s.Name.Text, s.Name.Span));
        pack.Scores = Value<ScoreStatement, ScoreSymbol>(scope, "score", s => s.Name, s => Score(scope, s));
        RecipeExpansion.Declare(workspace, scope);
    }

    private IReadOnlyList<TSymbol> Source<TStatement, TSymbol>(PackScope scope, string kind, Func<TStatement, Name> name, Func<TStatement, TSymbol> make)
        where TStatement : Statement where TSymbol : EventSource =>
        Declare(scope, kind, name, make, symbol => scope.Sources.Declare(symbol));

    private IReadOnlyList<TSymbol> Value<TStatement, TSymbol>(PackScope scope, string kind, Func<TStatement, Name> name, Func<TStatement, TSymbol> make)
        where TStatement : Statement where TSymbol : Symbol =>
        Declare(scope, kind, name, make, symbol => scope.Values.Declare(symbol));

    private IReadOnlyList<TSymbol> Declare<TStatement, TSymbol>(
        PackScope scope, string kind, Func<TStatement, Name> name, Func<TStatement, TSymbol> make, Func<TSymbol, Symbol?> enter)
        where TStatement : Statement where TSymbol : Symbol
    {
        var symbols = new List<TSymbol>();
        foreach (var statement in scope.Statements.OfType<TStatement>())
        {
            if (IsOverLimit(kind, name(statement).Span)) break;
            RefuseWordOfLanguage(kind, name(statement));
            var symbol = make(statement);
            workspace.Declarations[symbol] = new Declaration(scope, statement);
            if (enter(symbol) is { } first) workspace.Add(NameErrors.DeclaredTwice(symbol.Span, kind, symbol.Name, first.Span));
            symbols.Add(symbol);
        }
        return symbols;
    }

    private bool IsOverLimit(string kind, TextSpan span)
    {
        var count = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        if (count <= workspace.Options.MaximumDeclarations) return false;
        workspace.Add(LimitErrors.TooManyDeclarations(span, kind, workspace.Options.MaximumDeclarations));
        return true;
    }

    private void RefuseWordOfLanguage(string kind, Name name)
    {
        if (kind == "entity" && TypeBinder.IsTypeName(name.Text)) workspace.Add(NameErrors.TakenByLanguage(name.Span, kind, name.Text, "a type"));
        if (kind is "define" or "measure" or "score" && FunctionTable.ByName.ContainsKey(name.Text))
            workspace.Add(NameErrors.TakenByLanguage(name.Span, kind, name.Text, "a function"));
    }

    private LinkSymbol Link(PackScope scope, LinkStatement statement)
    {
        var entity = workspace.Names.Entity(scope, statement.Entity);
        var link = new LinkSymbol(scope.Pack, statement.Name.Text, statement.Name.Span) { Entity = entity ?? Placeholder(scope, statement.Entity) };
        if (entity is null) workspace.Broken.Add(link);
        return link;
    }

    /// <summary>Links are declared by now: `label confirmed of ring` is a label of its groups.</summary>
    private LabelSymbol Label(PackScope scope, LabelStatement statement)
    {
        if (GroupBinder.Named(scope, statement.Entity) is { } link && NameLookup.Candidates(scope, statement.Entity, p => p.Entities).Count == 0)
        {
            var ofGroups = new LabelSymbol(scope.Pack, statement.Name.Text, statement.Name.Span, link.Entity, statement.Meaning?.Value) { Link = link };
            if (workspace.Broken.Contains(link)) workspace.Broken.Add(ofGroups);
            return ofGroups;
        }
        var entity = workspace.Names.Entity(scope, statement.Entity);
        var label = new LabelSymbol(scope.Pack, statement.Name.Text, statement.Name.Span, entity ?? Placeholder(scope, statement.Entity), statement.Meaning?.Value);
        if (entity is null) workspace.Broken.Add(label);
        return label;
    }

    private ScoreSymbol Score(PackScope scope, ScoreStatement statement)
    {
        var entity = workspace.Names.Entity(scope, statement.Entity);
        // A half-life may be a let, which is declared by now but bound on demand.
        var score = new ScoreSymbol(scope.Pack, statement.Name.Text, statement.Name.Span, entity ?? Placeholder(scope, statement.Entity),
            workspace.Lets.PositiveDuration(scope, statement.HalfLife) ?? 1);
        if (entity is null) workspace.Broken.Add(score);
        return score;
    }

    private static EntitySymbol Placeholder(PackScope scope, Syntax.Path path) => new(scope.Pack, path.Text, path.Span);
}
