using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>The names of one place (entities, events with rules, labels, values) that one pack declares.</summary>
internal sealed class NameTable<T> where T : Symbol
{
    private readonly Dictionary<string, T> _byName = new(StringComparer.Ordinal);

    public IEnumerable<T> All => _byName.Values;

    /// <summary>The symbol that had the name before, if any; then the new one is not entered.</summary>
    public T? Declare(T symbol) => Declare(symbol, symbol.Name);

    /// <summary>Under another name than its own, as the parameter of a recipe.</summary>
    public T? Declare(T symbol, string name) => _byName.TryAdd(name, symbol) ? null : _byName[name];

    public T? Find(string name) => _byName.GetValueOrDefault(name);
}

/// <summary>What one pack declares, and the packs it uses. Own names and those of used packs stand side by side; neither wins.</summary>
internal sealed class PackScope(PackSymbol pack, PackScope? outer = null)
{
    public PackSymbol Pack { get; } = pack;

    /// <summary>Set for a rule made from a recipe: its parameters and measures stand here, and win over what is declared around.</summary>
    public PackScope? Outer { get; } = outer;

    /// <summary>Parameters of a recipe that stand for a field.</summary>
    public Dictionary<string, Path> Renamed { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, RecipeStatement> Recipes { get; } = new(StringComparer.Ordinal);

    public List<PackScope> Uses { get; } = [];

    public List<Statement> Statements { get; } = [];

    /// <summary>Names that statements with a syntax error would have declared: their uses say nothing further.</summary>
    public HashSet<string> BrokenNames { get; } = new(StringComparer.Ordinal);

    public NameTable<EntitySymbol> Entities { get; } = new();

    public NameTable<EventSource> Sources { get; } = new();

    public NameTable<LabelSymbol> Labels { get; } = new();

    public NameTable<Symbol> Values { get; } = new();

    /// <summary>The pack itself and those it uses.</summary>
    public IEnumerable<PackScope> Visible => (Outer?.Visible ?? Uses).Prepend(this);

    public bool MayHaveMeant(string name) => Visible.Any(p => p.BrokenNames.Contains(name));

    public bool Sees(PackSymbol pack) => Pack == pack || (Outer ?? this).Uses.Any(u => u.Pack == pack);
}
