using System.Text;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Tests.Matching;

/// <summary>Random plain graphs over every operator and kind, and random batches for them. The same seed gives the same.</summary>
internal sealed class GraphGenerator
{
    private static readonly string[] Texts =
        ["", "a", "A", "b", "abc", "ABC", "a b a", "äÖ", "ÄÖ", "ß", "a.example", "see https://A.example/x and b.example", new('x', 600), "-1"];
    private static readonly string[] Patterns = ["a", "b", "^A", "[a-c]+", "x{3}"];
    private static readonly long[] Longs = [0, 1, 2, -1, 3, 5000, long.MaxValue, long.MinValue, (1L << 53) + 1, 1_770_000_000_123];
    private static readonly double[] Doubles = [0, 1, 0.5, -1, 2.5, 2, 9007199254740992, 1e308, -1e308, 9.3e18, 1e-9];
    private static readonly string[] Addresses = ["10.0.0.1", "10.0.1.1", "192.168.7.9", "2001:db8::1", "::1"];
    private static readonly string[] Networks = ["10.0.0.0/24", "10.0.0.0/8", "::/0", "0.0.0.0/0", "2001:db8::/32", "10.0.0.1/32"];
    private static readonly ValueKind[] Scalars =
    [
        ValueKind.Boolean, ValueKind.Integer, ValueKind.Number, ValueKind.Share, ValueKind.Time, ValueKind.Duration, ValueKind.Rate,
        ValueKind.Text, ValueKind.Entity, ValueKind.Ip, ValueKind.Cidr,
    ];
    private static readonly ValueKind[] Ordered =
        [ValueKind.Integer, ValueKind.Number, ValueKind.Share, ValueKind.Time, ValueKind.Duration, ValueKind.Rate];
    private readonly Random _random;
    private readonly Dictionary<ValueKind, List<int>> _byKind = [];
    private readonly List<int> _handles = [];

    public GraphGenerator(int seed, int nodes)
    {
        _random = new Random(seed);
        AddColumns();
        AddLists();
        foreach (var kind in Scalars.Append(ValueKind.List)) AddLeaf(kind);
        for (var i = 0; i < nodes; i++) AddRandom();
        Plan = Graph.Build();
        Tables = new KeyTables(Plan.Domains, (1, 2));
        Tables[TestGraph.Texts].Intern("a"u8);
        Tables[TestGraph.Accounts].Intern("A"u8);
    }

    public TestGraph Graph { get; } = new();

    public Plan Plan { get; }

    public KeyTables Tables { get; }

    /// <summary>Fills the batch; one row in ten is not to be applied, and its handles are rubbish.</summary>
    public void Fill(EventBatch batch, int count)
    {
        batch.Clear();
        batch.Count = count;
        for (var row = 0; row < count; row++)
        {
            var applied = _random.Next(10) > 0;
            if (applied) batch.Order[batch.OrderCount++] = row;
            batch.Types[row] = _random.Next(TestGraph.EventTypes);
            batch.Sources[row] = _random.Next(2);
            batch.Times[row] = Pick(Longs);
            batch.Taus[row] = _random.Next(100);
            foreach (var column in Plan.Columns)
                batch.Put(column.Index, row, Cell(column), applied && column.Domain >= 0 ? Tables[column.Domain] : null);
        }
    }

    private Value Cell(ColumnPlan column)
    {
        var chance = _random.Next(10);
        if (chance == 0) return Value.Missing;
        if (chance == 1) return Value.Null;
        if (column.Kind != ValueKind.List) return Value.Of(Scalar(column.Kind));
        return Value.OfList([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Value.Of(Scalar(column.Element)))]);
    }

    private Constant Scalar(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => TestGraph.Long(kind, _random.Next(2)),
        ValueKind.Number or ValueKind.Share or ValueKind.Rate => new(kind) { Double = Pick(Doubles) },
        ValueKind.Text => TestGraph.Text(Pick(Texts)),
        ValueKind.Entity => new(kind) { Text = Encoding.UTF8.GetBytes(Pick(Texts)) },
        ValueKind.Ip => new(kind) { Ip = Address(Pick(Addresses)) },
        ValueKind.Cidr => Network(Pick(Networks)),
        _ => TestGraph.Long(kind, Pick(Longs)),
    };

    private static Bits128 Address(string text) =>
        IpValue.TryParse(Encoding.UTF8.GetBytes(text), out var ip) ? ip.Bits : throw new FormatException(text);

    private static Constant Network(string text) => CidrValue.TryParse(Encoding.UTF8.GetBytes(text), out var network)
        ? new(ValueKind.Cidr) { Ip = network.Network.Bits, PrefixLength = network.PrefixLength } : throw new FormatException(text);

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private void AddColumns()
    {
        foreach (var kind in Scalars)
        {
            Graph.Column(kind);
            Graph.Column(kind, DomainOf(kind));
        }
        Graph.Column(ValueKind.List, element: ValueKind.Text);
        Graph.Column(ValueKind.List, element: ValueKind.Text);
        Graph.Column(ValueKind.List, element: ValueKind.Integer);
    }

    private static int DomainOf(ValueKind kind) => kind switch
    {
        ValueKind.Text => TestGraph.Texts,
        ValueKind.Entity => TestGraph.Accounts,
        ValueKind.Ip => TestGraph.Ips,
        ValueKind.Cidr => TestGraph.Cidrs,
        ValueKind.Number or ValueKind.Share or ValueKind.Rate => TestGraph.Numbers,
        ValueKind.Fingerprint => TestGraph.Fingerprints,
        _ => TestGraph.Integers,
    };

    private void AddLists()
    {
        Graph.List(ValueKind.Text, false, TestGraph.Text("a"), TestGraph.Text("abc"), TestGraph.Text(""));
        Graph.List(ValueKind.Text, true, TestGraph.Text("A"), TestGraph.Text("äÖ"));
        Graph.List(ValueKind.Entity, false, TestGraph.Text("a"), TestGraph.Text("B"));
        Graph.List(ValueKind.Integer, false, TestGraph.Integer(1), TestGraph.Integer(long.MaxValue));
        Graph.List(ValueKind.Number, false, TestGraph.Number(1), TestGraph.Number(0.5));
        Graph.List(ValueKind.Ip, false, new Constant(ValueKind.Ip) { Ip = Address("10.0.0.1") });
        Graph.List(ValueKind.Cidr, false, Network("10.0.0.0/24"), Network("2001:db8::/32"));
    }

    private void Put(ValueKind kind, int node)
    {
        if (!_byKind.TryGetValue(kind, out var nodes)) _byKind.Add(kind, nodes = []);
        nodes.Add(node);
    }

    /// <summary>A node of this kind: often one there is, else a new leaf.</summary>
    private int Of(ValueKind kind) => Chance(3) || !_byKind.TryGetValue(kind, out var nodes) ? AddLeaf(kind) : Pick(nodes);

    private int Condition() => Of(ValueKind.Boolean);

    private int ColumnOf(ValueKind kind) => Pick([.. Graph.Columns.Where(c => c.Kind == kind).Select(c => c.Index)]);

    private int AddLeaf(ValueKind kind)
    {
        var node = kind == ValueKind.Fingerprint ? Graph.Call(PlanFunction.Template, kind, Of(ValueKind.Text)) : _random.Next(8) switch
        {
            0 when kind != ValueKind.List => Graph.Constant(Scalar(kind == ValueKind.Entity ? ValueKind.Text : kind)),
            1 => Graph.Add(new Node(0, Op.FieldByType, kind)
            {
                Types = [.. Enumerable.Range(0, TestGraph.EventTypes).Select(_ => Chance(4) ? -1 : kind == ValueKind.List ? TextList : ColumnOf(kind))],
            }),
            2 when kind != ValueKind.List => Graph.Measure(kind, Handle(), IsHandled(kind) ? DomainOf(kind) : -1),
            _ => Graph.Field(ColumnOf(kind)),
        };
        Put(kind, node);
        return node;
    }

    private static bool IsHandled(ValueKind kind) => kind is ValueKind.Text or ValueKind.Entity;

    private int Handle()
    {
        if (_handles.Count > 0 && !Chance(3)) return Pick(_handles);
        var kind = Pick(Scalars);
        var node = _random.Next(6) switch
        {
            0 => Graph.Add(new Node(0, Op.NoKey, ValueKind.Integer) { Domain = TestGraph.Nothing }),
            1 => Graph.Add(new Node(0, Op.CompositeKey, ValueKind.Integer)
            {
                Inputs = [HandleOf(ValueKind.Entity), HandleOf(ValueKind.Text)], Domain = TestGraph.Pair,
            }),
            2 => HandleOf(ValueKind.Fingerprint),
            _ => HandleOf(kind),
        };
        _handles.Add(node);
        return node;
    }

    private int HandleOf(ValueKind kind) => Graph.Add(new Node(0, Op.Handle, kind)
    {
        Inputs = [Graph.Nodes.Count == 0 || Chance(2) ? AddFieldOrTemplate(kind) : Of(kind)],
        Domain = kind == ValueKind.Text && Chance(2) ? TestGraph.ComputedTexts : DomainOf(kind),
    });

    private int AddFieldOrTemplate(ValueKind kind) => kind == ValueKind.Fingerprint
        ? Graph.Call(PlanFunction.Template, kind, Graph.Field(ColumnOf(ValueKind.Text))) : Graph.Field(ColumnOf(kind));

    private void AddRandom()
    {
        switch (_random.Next(24))
        {
            case < 5:
                Put(ValueKind.Boolean, Comparison());
                break;
            case < 9:
                Put(ValueKind.Boolean, Logic());
                break;
            case < 12:
                Put(ValueKind.Boolean, TextTest());
                break;
            case < 15:
                Put(ValueKind.Boolean, Membership());
                break;
            case < 18:
                AddArithmetic();
                break;
            case 18:
                Put(ValueKind.Boolean, Graph.Test(Pick([Op.IsMissing, Op.IsNull, Op.IsPresent]), Of(Pick([.. Scalars, ValueKind.List]))));
                break;
            case 19:
                Handle();
                break;
            default:
                AddCall();
                break;
        }
    }

    private int Comparison()
    {
        if (Chance(3))
        {
            var any = Pick([.. Scalars, ValueKind.Fingerprint, ValueKind.List]);
            var right = any == ValueKind.Entity && Chance(2) ? ValueKind.Text : any;
            return Graph.Add(new Node(0, Op.Equal, ValueKind.Boolean) { Inputs = [Of(any), Of(right)], IgnoringCase = any == ValueKind.Text && Chance(2) });
        }
        var kind = Pick(Ordered);
        var other = kind is ValueKind.Integer or ValueKind.Number or ValueKind.Share ? Pick([ValueKind.Integer, ValueKind.Number, ValueKind.Share]) : kind;
        if (Chance(4)) return Graph.Test(Op.Between, Of(kind), Of(other), Of(other));
        return Graph.Test(Pick([Op.Equal, Op.Less, Op.LessOrEqual, Op.Greater, Op.GreaterOrEqual]), Of(kind), Of(other));
    }

    private int Logic() => _random.Next(6) switch
    {
        0 => Graph.Test(Op.Not, Condition()),
        1 or 2 => Graph.Test(Op.And, [.. Enumerable.Range(0, 2 + _random.Next(3)).Select(_ => Condition())]),
        3 => Graph.Test(Op.Or, [.. Enumerable.Range(0, 2 + _random.Next(3)).Select(_ => Condition())]),
        4 => Graph.Add(new Node(0, Op.AtLeast, ValueKind.Boolean)
        {
            Inputs = [.. Enumerable.Range(0, 3 + _random.Next(3)).Select(_ => Condition())], Target = 1 + _random.Next(3),
        }),
        _ => Graph.Add(new Node(0, Op.IsType, ValueKind.Boolean) { Types = [.. Enumerable.Range(0, TestGraph.EventTypes).Where(_ => Chance(2))] }),
    };

    private int TextTest()
    {
        if (Chance(5)) return ListContains();
        var op = Pick([TextOp.Contains, TextOp.StartsWith, TextOp.EndsWith, TextOp.Like, TextOp.Matches, TextOp.Equals]);
        var quantifier = Pick([Quantifier.One, Quantifier.Any, Quantifier.All]);
        var node = new Node(0, Op.TextTest, ValueKind.Boolean)
        {
            TextOp = op, Quantifier = quantifier, IgnoringCase = Chance(2), Inputs = [Of(Pick([ValueKind.Text, ValueKind.Entity]))],
        };
        if (quantifier != Quantifier.One && Chance(3)) return Graph.Add(node with { Target = _random.Next(2) });
        if (op is not (TextOp.Like or TextOp.Matches) && Chance(3))
            return Graph.Add(node with { Inputs = [.. node.Inputs, quantifier == Quantifier.One ? Of(ValueKind.Text) : Graph.Field(TextList)] });
        return Graph.Add(node with { Constant = quantifier == Quantifier.One ? Pattern(op) : PatternList(op) });
    }

    private int TextList => Graph.Columns.First(c => c.Element == ValueKind.Text).Index;

    private int IntegerList => Graph.Columns.First(c => c.Element == ValueKind.Integer).Index;

    private Constant Pattern(TextOp op) => TestGraph.Text(op switch
    {
        TextOp.Matches => Pick(Patterns),
        TextOp.Like => Pick(["a*", "?", "*b*", "A?C", "*", "ä?"]),
        _ => Pick(Texts),
    });

    private Constant PatternList(TextOp op) => TestGraph.Items([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Pattern(op))]);

    private int ListContains()
    {
        var integers = Chance(2);
        var quantifier = Pick([Quantifier.One, Quantifier.Any, Quantifier.All]);
        Constant Element() => integers ? TestGraph.Integer(Pick(Longs)) : TestGraph.Text(Pick(Texts));
        return Graph.Add(new Node(0, Op.TextTest, ValueKind.Boolean)
        {
            TextOp = TextOp.Contains, Quantifier = quantifier, IgnoringCase = !integers && Chance(2),
            Inputs = [Graph.Field(integers ? IntegerList : TextList)],
            Constant = quantifier == Quantifier.One ? Element() : TestGraph.Items([.. Enumerable.Range(0, _random.Next(3)).Select(_ => Element())]),
        });
    }

    private int Membership()
    {
        var node = new Node(0, Op.InList, ValueKind.Boolean);
        switch (_random.Next(8))
        {
            case 0:
                return Graph.Add(node with { Inputs = [Of(ValueKind.Text)], Target = _random.Next(2), IgnoringCase = Chance(2) });
            case 1:
                return Graph.Add(node with { Inputs = [Of(ValueKind.Entity)], Target = 2 });
            case 2:
                return Graph.Add(node with { Inputs = [Of(Pick([ValueKind.Integer, ValueKind.Number]))], Target = 3 + _random.Next(2) });
            case 3:
                return Graph.Add(node with { Inputs = [Of(ValueKind.Ip)], Target = 5 + _random.Next(2) });
            case 4:
                return Graph.Add(node with { Op = Op.InCidr, Inputs = [Of(ValueKind.Ip)], Constant = TestGraph.Items(Network(Pick(Networks)), Network(Pick(Networks))) });
            case 5:
                var list = Chance(2) ? TextList : IntegerList;
                var kind = list == TextList ? ValueKind.Text : ValueKind.Integer;
                return Graph.Add(node with { Op = Op.InField, Inputs = [Of(kind), Graph.Field(list)], IgnoringCase = kind == ValueKind.Text && Chance(2) });
            default:
                var element = Pick([ValueKind.Text, ValueKind.Integer, ValueKind.Number, ValueKind.Ip, ValueKind.Entity, ValueKind.Duration]);
                return Graph.Add(node with
                {
                    Op = Op.InConstants, Inputs = [Of(element)], IgnoringCase = element == ValueKind.Text && Chance(2),
                    Constant = TestGraph.Items([.. Enumerable.Range(0, _random.Next(5)).Select(_ => Scalar(element == ValueKind.Entity ? ValueKind.Text : element))]),
                });
        }
    }

    private void AddArithmetic()
    {
        var op = Pick([Op.Add, Op.Subtract, Op.Multiply, Op.Divide]);
        var (kind, left, right) = _random.Next(9) switch
        {
            0 when op != Op.Divide => (ValueKind.Integer, ValueKind.Integer, ValueKind.Integer),
            1 when op == Op.Subtract => (ValueKind.Duration, ValueKind.Time, ValueKind.Time),
            1 when op == Op.Add => (ValueKind.Time, ValueKind.Time, ValueKind.Duration),
            2 when op is Op.Add or Op.Subtract => (ValueKind.Duration, ValueKind.Duration, ValueKind.Duration),
            3 when op is Op.Multiply or Op.Divide => (ValueKind.Duration, ValueKind.Duration, Pick([ValueKind.Integer, ValueKind.Number])),
            4 when op == Op.Divide => (ValueKind.Number, ValueKind.Duration, ValueKind.Duration),
            5 when op is Op.Multiply or Op.Divide => (ValueKind.Rate, ValueKind.Rate, Pick([ValueKind.Integer, ValueKind.Number])),
            _ => (ValueKind.Number, Pick([ValueKind.Integer, ValueKind.Number, ValueKind.Share]), Pick([ValueKind.Integer, ValueKind.Number])),
        };
        if (Chance(6)) Put(kind, Graph.Add(Op.Negate, kind, Of(kind)));
        else if (Chance(8)) Put(ValueKind.Number, Graph.Add(Op.ToNumber, ValueKind.Number, Of(ValueKind.Integer)));
        else Put(kind, Graph.Add(op, kind, Of(left), Of(right)));
    }

    private void AddCall()
    {
        var (kind, node) = _random.Next(20) switch
        {
            0 => (ValueKind.Text, Graph.Call(PlanFunction.Normalise, ValueKind.Text, Of(ValueKind.Text))),
            1 => (ValueKind.Fingerprint, Graph.Call(PlanFunction.Template, ValueKind.Fingerprint, Of(ValueKind.Text))),
            2 => (ValueKind.Share, Graph.Call(PlanFunction.Similarity, ValueKind.Share, Of(ValueKind.Text), Of(ValueKind.Text))),
            3 => (ValueKind.List, Graph.Call(PlanFunction.Words, ValueKind.List, Of(ValueKind.Text))),
            4 => (ValueKind.List, Graph.Call(PlanFunction.Ngrams, ValueKind.List, Of(ValueKind.Text), Graph.Constant(TestGraph.Integer(2)))),
            5 => (ValueKind.Integer, Graph.Call(PlanFunction.Length, ValueKind.Integer, Of(Pick([ValueKind.Text, ValueKind.Entity, ValueKind.List])))),
            6 => (ValueKind.Integer, Graph.Call(PlanFunction.Occurrences, ValueKind.Integer, Of(ValueKind.Text), Graph.Constant(TestGraph.Text(Pick(Patterns))))),
            7 => (ValueKind.Text, Graph.Call(PlanFunction.DomainOf, ValueKind.Text, Of(ValueKind.Text))),
            8 => (ValueKind.List, Graph.Call(PlanFunction.DomainsIn, ValueKind.List, Of(ValueKind.Text))),
            9 => (ValueKind.Cidr, Graph.Call(PlanFunction.Subnet, ValueKind.Cidr, Of(ValueKind.Ip), Graph.Constant(TestGraph.Integer(Pick([24L, 8L, 64L]))))),
            10 => (ValueKind.Integer, Graph.Call(Pick([PlanFunction.HourOf, PlanFunction.WeekdayOf]), ValueKind.Integer, Of(ValueKind.Time), Graph.Constant(TestGraph.Text("+09:00")))),
            11 => (ValueKind.Integer, Graph.Call(PlanFunction.Slot, ValueKind.Integer, Of(ValueKind.Time), Graph.Constant(TestGraph.Long(ValueKind.Duration, 86_400_000)))),
            12 => (ValueKind.Number, Graph.Call(PlanFunction.Distance, ValueKind.Number, Of(ValueKind.Number), Of(ValueKind.Integer), Of(ValueKind.Number), Of(ValueKind.Number))),
            13 => Abs(Pick([ValueKind.Integer, ValueKind.Number, ValueKind.Duration])),
            14 => (ValueKind.Integer, Graph.Call(PlanFunction.Round, ValueKind.Integer, Of(Pick([ValueKind.Number, ValueKind.Integer])))),
            15 => (ValueKind.Number, Graph.Call(Pick([PlanFunction.Smaller, PlanFunction.Larger]), ValueKind.Number, Of(ValueKind.Number), Of(ValueKind.Integer), Of(ValueKind.Number))),
            16 => (ValueKind.Text, Graph.Add(Op.ToText, ValueKind.Text, Of(Pick([ValueKind.Entity, ValueKind.Fingerprint, ValueKind.Ip])))),
            17 => Header(Pick([Op.EventId, Op.EventTime, Op.EventType, Op.EventSource])),
            18 => Choice(Pick(Scalars)),
            _ => FirstPresent(Pick(Scalars)),
        };
        Put(kind, node);
    }

    private (ValueKind, int) Abs(ValueKind kind) => (kind, Graph.Call(PlanFunction.Abs, kind, Of(kind)));

    private (ValueKind, int) Header(Op op) => op == Op.EventTime ? (ValueKind.Time, Graph.Add(op, ValueKind.Time)) : (ValueKind.Text, Graph.Add(op, ValueKind.Text));

    private (ValueKind, int) FirstPresent(ValueKind kind) => (kind, Graph.Call(PlanFunction.FirstPresent, kind, Of(kind), Of(kind == ValueKind.Number ? ValueKind.Integer : kind)));

    private (ValueKind, int) Choice(ValueKind kind) => (kind, Graph.Add(new Node(0, Op.ChooseByType, kind)
    {
        Inputs = [Of(kind), Of(kind)], Types = [.. Enumerable.Range(0, TestGraph.EventTypes).Select(_ => _random.Next(3) - 1)],
    }));
}
