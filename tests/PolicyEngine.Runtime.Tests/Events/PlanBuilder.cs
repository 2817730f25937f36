using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Events;

/// <summary>A plan that knows events and nothing else: `"account": entity` and so on, in the order of the columns.</summary>
internal sealed class PlanBuilder
{
    private readonly List<DomainPlan> domains = [];
    private readonly List<ColumnPlan> columns = [];
    private readonly List<EventTypePlan> types = [];

    public EngineLimits Limits { get; set; } = new();

    public int Domain(DomainKind kind, string name)
    {
        domains.Add(new DomainPlan(domains.Count, kind, name, []));
        return domains.Count - 1;
    }

    public int Column(string path, ValueKind kind, int domain = -1, ValueKind element = ValueKind.Missing)
    {
        columns.Add(new ColumnPlan(columns.Count, path.Split('/'), kind, domain, element, NeedsNull: true));
        return columns.Count - 1;
    }

    /// <summary>A `?` behind a field's name makes it optional. Fields are columns by index, or checked only.</summary>
    public PlanBuilder Event(string name, params (string Field, int Column)[] fields)
    {
        var plans = fields.Select(f => Field(f.Field, columns[f.Column].Path, columns[f.Column].Kind, f.Column)).ToArray();
        return Event(name, plans);
    }

    public PlanBuilder Event(string name, params FieldPlan[] fields)
    {
        types.Add(new EventTypePlan(
            types.Count, name, name,
            [.. fields.Where(f => f.Column >= 0).Select(f => f.Column)],
            [.. fields.Where(f => f.Column >= 0 && !f.Optional).Select(f => f.Column)],
            fields));
        return this;
    }

    public PlanBuilder With(string type, Func<EventTypePlan, EventTypePlan> change)
    {
        var index = types.FindIndex(t => t.Name == type);
        types[index] = change(types[index]);
        return this;
    }

    public static FieldPlan Field(string name, IReadOnlyList<string> path, ValueKind kind, int column) =>
        new(name.TrimEnd('?'), path, kind, name.EndsWith('?'), column);

    public Plan Build() => new()
    {
        Hash = "test",
        Limits = Limits,
        Packs = [],
        Domains = domains,
        Columns = columns,
        EventTypes = types,
        Nodes = [],
        Measures = [],
        Labels = [],
        Scores = [],
        Lists = [],
        Responses = [],
        Rules = [],
    };
}
