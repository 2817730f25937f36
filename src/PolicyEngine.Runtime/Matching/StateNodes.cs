using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Which conditions of a plan hang on nothing but the labels and scores of one entity, and so stay as they are until these change; and
/// which are cheap to ask row by row.
/// </summary>
internal sealed class StateNodes
{
    private const int None = -1;
    private const int OfNobody = -2;
    private const int MostConditions = 64;

    private readonly Node[] _nodes;
    private readonly int[] _entities;
    private readonly int[] _places;
    private readonly bool[] _isCheap;
    private readonly List<int>[] _conditions;

    public StateNodes(Plan plan, Node[] nodes)
    {
        _nodes = nodes;
        _entities = new int[nodes.Length];
        _isCheap = new bool[nodes.Length];
        _conditions = [.. plan.Domains.Select(_ => new List<int>())];
        _places = new int[nodes.Length];
        foreach (var node in nodes)
        {
            _entities[node.Id] = EntityOf(node);
            _isCheap[node.Id] = node.IsPlain || IsState(node.Id) || (IsJunction(node.Op) && node.Inputs.All(i => _isCheap[i]));
        }
        // What is remembered of the whole need not be remembered of its parts.
        var parts = nodes.Where(n => IsState(n.Id)).SelectMany(n => n.Inputs).ToHashSet();
        foreach (var node in nodes.Where(n => !IsState(n.Id))) parts.ExceptWith(node.Inputs);
        Array.Fill(_places, None);
        foreach (var node in nodes.Where(n => IsState(n.Id) && !parts.Contains(n.Id)))
        {
            var conditions = _conditions[DomainOf(node.Id)];
            if (conditions.Count == MostConditions) continue;
            _places[node.Id] = conditions.Count;
            conditions.Add(node.Id);
        }
    }

    /// <summary>The bit of a condition in what is remembered of its entity; −1: nothing is remembered.</summary>
    public int Place(int node) => _places[node];

    /// <summary>The handle node of the entity that such a condition hangs on.</summary>
    public int Entity(int node) => _entities[node];

    public int DomainOf(int node) => _nodes[_entities[node]].Domain;

    /// <summary>The conditions upon entities of a domain by their places.</summary>
    public IReadOnlyList<int> ConditionsOf(int domain) => _conditions[domain];

    /// <summary>A condition that can be had as a bitmap: of plain ones and of those remembered by an entity that is plain itself.</summary>
    public bool IsColumn(int id)
    {
        var node = _nodes[id];
        return node.IsPlain || (_places[id] >= 0 ? _nodes[_entities[id]].IsPlain : IsJunction(node.Op) && node.Inputs.All(IsColumn));
    }

    /// <summary>Inputs of a condition, those first that are cheap to ask.</summary>
    public int[] CheapFirst(int[] inputs) => [.. inputs.OrderBy(i => _nodes[i].IsPlain ? 0 : IsState(i) ? 1 : _isCheap[i] ? 2 : 3)];

    /// <summary>What must hold wherever a condition does and is cheap to ask, but not so cheap as a bitmap.</summary>
    public IEnumerable<int> CheapPartsOf(int id)
    {
        if (id < 0 || _nodes[id].IsPlain) return [];
        if (_isCheap[id]) return [id];
        return _nodes[id].Op == Op.And ? _nodes[id].Inputs.SelectMany(CheapPartsOf) : [];
    }

    private bool IsState(int node) => _entities[node] >= 0;

    private static bool IsJunction(Op op) => op is Op.And or Op.Or or Op.Not or Op.AtLeast;

    private int EntityOf(Node node)
    {
        switch (node.Op)
        {
            case Op.Constant when node.Kind == ValueKind.Boolean:
                return OfNobody;
            case Op.HasLabel:
                return OfDomain(node.Inputs[0]);
            case Op.Less or Op.LessOrEqual or Op.Greater or Op.GreaterOrEqual:
                return _nodes[node.Inputs[0]].Op == Op.Score && _nodes[node.Inputs[1]].Op == Op.Constant
                    ? OfDomain(_nodes[node.Inputs[0]].Inputs[0]) : None;
            case Op.And or Op.Or or Op.Not or Op.AtLeast:
                var entities = node.Inputs.Select(i => _entities[i]).Where(e => e != OfNobody).Distinct().ToArray();
                return entities.Length == 1 ? entities[0] : None;
            default:
                return None;
        }
    }

    private int OfDomain(int handle) => _nodes[handle].Domain >= 0 ? handle : None;
}
