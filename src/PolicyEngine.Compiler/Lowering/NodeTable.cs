using System.Globalization;
using System.Text;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>The expression graph under construction: equal nodes are one node, inputs always come before their readers.</summary>
internal sealed class NodeTable
{
    private readonly Dictionary<string, int> _ids = [];
    private readonly List<Node> _nodes = [];

    public IReadOnlyList<Node> Nodes => _nodes;

    public Node this[int id] => _nodes[id];

    /// <summary>Adds a node, or gives the one that is equal to it. Plainness and presence follow from the inputs unless they say less.</summary>
    public int Add(Node node)
    {
        var plain = node.IsPlain && node.Inputs.All(i => _nodes[i].IsPlain);
        node = node with { IsPlain = plain, Sensitive = node.Sensitive || InheritsSensitivity(node) };
        var key = KeyOf(node);
        if (_ids.TryGetValue(key, out var id)) return id;
        id = _nodes.Count;
        _nodes.Add(node with { Id = id });
        _ids[key] = id;
        return id;
    }

    public int Add(Op op, ValueKind kind, params int[] inputs) => Add(new Node(0, op, kind) { Inputs = inputs });

    /// <summary>Replaces nodes at the end of lowering, when it is known which columns are interned.</summary>
    public void Rewrite(Func<Node, Node> change)
    {
        for (var i = 0; i < _nodes.Count; i++) _nodes[i] = change(_nodes[i]);
    }

    public int True => Add(new Node(0, Op.Constant, ValueKind.Boolean) { Constant = new Constant(ValueKind.Boolean) { Long = 1 } });

    public int False => Add(new Node(0, Op.Constant, ValueKind.Boolean) { Constant = new Constant(ValueKind.Boolean) });

    public bool IsTrue(int node) => _nodes[node] is { Op: Op.Constant, Kind: ValueKind.Boolean, Constant.Long: 1 };

    public bool IsFalse(int node) => _nodes[node] is { Op: Op.Constant, Kind: ValueKind.Boolean, Constant.Long: 0 };

    public int And(IEnumerable<int> parts)
    {
        var list = Flatten(Op.And, parts).Where(p => !IsTrue(p)).Distinct().ToArray();
        if (list.Any(IsFalse)) return False;
        return list.Length switch { 0 => True, 1 => list[0], _ => Add(Op.And, ValueKind.Boolean, list) };
    }

    public int Or(IEnumerable<int> parts)
    {
        var list = MergeTypes(Flatten(Op.Or, parts).Where(p => !IsFalse(p)).Distinct()).ToArray();
        if (list.Any(IsTrue)) return True;
        return list.Length switch { 0 => False, 1 => list[0], _ => Add(Op.Or, ValueKind.Boolean, list) };
    }

    public int Not(int part)
    {
        if (IsTrue(part)) return False;
        if (IsFalse(part)) return True;
        return _nodes[part].Op == Op.Not ? _nodes[part].Inputs[0] : Add(Op.Not, ValueKind.Boolean, part);
    }

    public int IsType(IEnumerable<int> types) =>
        Add(new Node(0, Op.IsType, ValueKind.Boolean) { Types = [.. types.Distinct().Order()] });

    private IEnumerable<int> Flatten(Op op, IEnumerable<int> parts) =>
        parts.SelectMany(p => _nodes[p].Op == op ? _nodes[p].Inputs : [p]);

    /// <summary>`is A or is B` is one look at the type: `on signup, payment` costs no more than `on signup`.</summary>
    private List<int> MergeTypes(IEnumerable<int> parts)
    {
        var list = parts.ToList();
        var types = list.Where(p => _nodes[p].Op == Op.IsType).ToList();
        if (types.Count < 2) return list;
        list.RemoveAll(types.Contains);
        list.Insert(0, IsType(types.SelectMany(t => _nodes[t].Types)));
        return list;
    }

    /// <summary>What is made of a sensitive value is sensitive, but tests and fingerprints tell nothing of it.</summary>
    private bool InheritsSensitivity(Node node) =>
        node.Kind is not ValueKind.Boolean and not ValueKind.Fingerprint && node.Op is not Op.Measure
        && node.Inputs.Any(i => _nodes[i].Sensitive);

    private static string KeyOf(Node node)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{node.Op}|{node.Kind}|{string.Join(',', node.Inputs)}|{node.Domain}|{node.Target}|");
        text.Append(CultureInfo.InvariantCulture, $"{string.Join(',', node.Types)}|{node.TextOp}|{node.Quantifier}|{node.IgnoringCase}|");
        text.Append(CultureInfo.InvariantCulture, $"{node.Had}|{node.OlderThan}|{node.View}|{node.IsPlain}|{node.Element}|");
        if (node.Constant is { } constant) ConstantText.Write(text, constant);
        return text.ToString();
    }
}
