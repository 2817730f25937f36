using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>The names of one place (entities, events with rules, labels, values) that one pack declares.</summary>
internal sealed class NameTable<T> where T : Symbol
{
    private readonly Dictionary<string, T> _byName = new(StringComparer.Ordinal);

    public IEnumerable<T> All => _byName.Values;

    /// <summary>The symbol that had the name before, if any; then the new one is not entered.</summary>
    public T? Declare(T symbol) => _byName.TryAdd(symbol.Name, symbol) ? null : _byName[symbol.Name];

    public T? Find(string name) => _byName.GetValueOrDefault(name);
}

/// <summary>What one pack declares, and the packs it uses. Own names and those of used packs stand side by side; neither wins.</summary>
internal sealed class PackScope(PackSymbol pack)
{
    public PackSymbol Pack { get; } = pack;

    public List<PackScope> Uses { get; } = [];

    public List<Statement> Statements { get; } = [];

    /// <summary>Names that statements with a syntax error would have declared: their uses say nothing further.</summary>
    public HashSet<string> BrokenNames { get; } = new(StringComparer.Ordinal);

    public NameTable<EntitySymbol> Entities { get; } = new();

    public NameTable<EventSource> Sources { get; } = new();

    public NameTable<LabelSymbol> Labels { get; } = new();

    public NameTable<Symbol> Values { get; } = new();

    /// <summary>The pack itself and those it uses.</summary>
    public IEnumerable<PackScope> Visible => Uses.Prepend(this);

    public bool MayHaveMeant(string name) => Visible.Any(p => p.BrokenNames.Contains(name));

    public bool Sees(PackSymbol pack) => Pack == pack || Uses.Any(u => u.Pack == pack);
}
