using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>What arrives: event types, the columns their fields are decoded into, and the domains of dense handles.</summary>
internal sealed class Schema
{
    private readonly Dictionary<string, int> _columnIds = [];
    private readonly Dictionary<string, int> _domainIds = [];
    private readonly List<ColumnPlan> _columns = [];
    private readonly List<DomainPlan> _domains = [];
    private readonly Dictionary<EventSymbol, int> _types = [];

    public Schema(PolicyModel model)
    {
        foreach (var symbol in model.Events) _types[symbol] = _types.Count;
        EventTypes = [.. model.Events.Select(Lower)];
    }

    public IReadOnlyList<EventTypePlan> EventTypes { get; }

    public IReadOnlyList<ColumnPlan> Columns => _columns;

    public IReadOnlyList<DomainPlan> Domains => _domains;

    public int TypeOf(EventSymbol symbol) => _types[symbol];

    public static ValueKind KindOf(PolicyType type) => type.Kind switch
    {
        TypeKind.Text => ValueKind.Text,
        TypeKind.Integer => ValueKind.Integer,
        TypeKind.Number => ValueKind.Number,
        TypeKind.Share => ValueKind.Share,
        TypeKind.Boolean => ValueKind.Boolean,
        TypeKind.Time => ValueKind.Time,
        TypeKind.Duration => ValueKind.Duration,
        TypeKind.Rate => ValueKind.Rate,
        TypeKind.Ip => ValueKind.Ip,
        TypeKind.Cidr => ValueKind.Cidr,
        TypeKind.List => ValueKind.List,
        TypeKind.Entity or TypeKind.Group => ValueKind.Entity,
        _ => throw new InvalidOperationException($"type {type} reached the compiler"),
    };

    public int ColumnOf(FieldSymbol field)
    {
        var kind = KindOf(field.Type);
        var element = field.Type.Element is { } type ? KindOf(type) : ValueKind.Missing;
        var entity = field.Type.Entity ?? field.Type.Element?.Entity;
        var key = $"{string.Join('\u0001', field.OutsidePath)}|{kind}|{element}|{entity?.QualifiedName}|{field.TakesAnything}";
        if (_columnIds.TryGetValue(key, out var id)) return id;
        id = _columns.Count;
        _columns.Add(new ColumnPlan(id, field.OutsidePath, kind, -1, element, false) { TakesAnything = field.TakesAnything });
        _columnIds[key] = id;
        return id;
    }

    /// <summary>The domain of a column's values; from now on the column is interned.</summary>
    public int Intern(int column, int domain)
    {
        _columns[column] = _columns[column] with { Domain = domain };
        return domain;
    }

    public void TellNulls(int column) => _columns[column] = _columns[column] with { NeedsNull = true };

    public int EntityDomain(EntitySymbol entity) => Domain(DomainKind.Entity, entity.QualifiedName, []);

    public int Domain(DomainKind kind, string name, IReadOnlyList<int> parts)
    {
        var key = $"{kind}:{name}";
        if (_domainIds.TryGetValue(key, out var id)) return id;
        id = _domains.Count;
        _domains.Add(new DomainPlan(id, kind, name, parts));
        _domainIds[key] = id;
        return id;
    }

    public int Composite(IReadOnlyList<int> parts) =>
        Domain(DomainKind.Composite, string.Join(" × ", parts.Select(p => _domains[p].Name)), parts);

    /// <summary>
    /// The domain for values of a kind. Computed texts have one of their own: a domain is filled either by decoding or by
    /// evaluation, never by both, so the two may run on different threads.
    /// </summary>
    public int DomainOf(ValueKind kind, EntitySymbol? entity, bool arriving) => kind switch
    {
        ValueKind.Entity => EntityDomain(entity!),
        ValueKind.Text => arriving ? Domain(DomainKind.Text, "text", []) : Domain(DomainKind.Text, "computed text", []),
        ValueKind.Ip => arriving ? Domain(DomainKind.Ip, "ip", []) : Domain(DomainKind.Ip, "computed ip", []),
        ValueKind.Cidr => Domain(DomainKind.Cidr, "cidr", []),
        ValueKind.Fingerprint => Domain(DomainKind.Fingerprint, "fingerprint", []),
        ValueKind.Number or ValueKind.Share or ValueKind.Rate => Domain(DomainKind.Number, arriving ? "number" : "computed number", []),
        _ => Domain(DomainKind.Integer, arriving ? "integer" : "computed integer", []),
    };

    private EventTypePlan Lower(EventSymbol symbol)
    {
        var fields = symbol.Fields.Where(f => f.Computed is null && !IsReserved(f)).ToList();
        var columns = fields.Select(ColumnOf).ToList();
        return new EventTypePlan(
            _types[symbol], symbol.Name, symbol.OutsideName, [.. columns.Distinct()],
            [.. fields.Where(f => !f.Type.Optional).Select(ColumnOf).Distinct()],
            [.. fields.Select((f, i) => new FieldPlan(f.Name, f.OutsidePath, KindOf(f.Type), f.Type.Optional, columns[i]) { TakesAnything = f.TakesAnything })])
        {
            TimePath = PathOf(symbol, "time"),
            IdPath = PathOf(symbol, "id"),
            SequencePath = PathOf(symbol, "sequence"),
        };
    }

    private static bool IsReserved(FieldSymbol field) => field.Name is "id" or "time" or "type" or "source";

    private static IReadOnlyList<string>? PathOf(EventSymbol symbol, string name) =>
        symbol.Fields.FirstOrDefault(f => f.Computed is null && f.Name == name)?.OutsidePath;
}
