using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Runtime.Plans;
using Quantifier = PolicyEngine.Runtime.Plans.Quantifier;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>
/// Where an expression is lowered: which view it sees, the types of the event in hand, and the types of the key parts in hand (label
/// triggers, `on every`, tested values) that <see cref="KeyRead"/> names.
/// </summary>
internal sealed record Scope(View View, IReadOnlyList<int> EventTypes, IReadOnlyList<PolicyType> KeyTypes)
{
    /// <summary>Domains of the key parts in hand, where they are those of a key node; else they follow from the types.</summary>
    public IReadOnlyList<int>? KeyDomains { get; init; }
    /// <summary>What is kept of earlier steps, in a rule that has some.</summary>
    public KeptValues? Kept { get; init; }
    /// <summary>Looked at by ticks at which batches are cut: measures kept in columns are then right.</summary>
    public bool IsAtCuts { get; init; }
}

/// <summary>Bound expressions to nodes of the plan.</summary>
internal sealed class ExpressionLowering(LoweringContext context)
{
    private readonly NodeTable _nodes = context.Nodes;

    public int Lower(Expression expression, Scope scope) => expression switch
    {
        LiteralExpression e => Constant(e),
        FieldRead e => Field(e, scope),
        BuiltinRead e => Builtin(e),
        KeyRead e => Key(e, scope),
        StepRead e => scope.Kept!.Lower(e),
        AlignmentRead e when IsKeyedAlignment(e.Measure.Measure) => context.Alignments.Read(e.Measure, e.Part, IsOwnKey(e.Measure), scope),
        GapRead => _nodes.Add(new Node(0, Op.Gap, ValueKind.Duration) { MayBeMissing = true, IsPlain = false }),
        MeasureRead e => Measure(e, scope),
        ScoreRead e => Score(e, scope),
        MemberRead e => context.Groups.Member(e),
        GroupRead e => context.Groups.Group(e, scope),
        GroupPropertyRead e => context.Groups.Property(e, scope),
        OrExpression e => _nodes.Or(e.Parts.Select(p => Lower(p, scope))),
        AndExpression e => _nodes.And(e.Parts.Select(p => Lower(p, scope))),
        NotExpression e => _nodes.Not(Lower(e.Operand, scope)),
        AtLeastExpression e => AtLeast(e, scope),
        ComparisonExpression e => Comparison(e, scope),
        InExpression e => In(e, scope),
        BetweenExpression e => _nodes.Add(
            Op.Between, ValueKind.Boolean, Lower(e.Operand, scope), Lower(e.Low, scope), Lower(e.High, scope)),
        TextTestExpression e => TextTest(e, scope),
        PresenceExpression e => Presence(e, scope),
        LabelTestExpression e => LabelTest(e, scope),
        ArithmeticExpression e => Arithmetic(e, scope),
        NegateExpression e => _nodes.Add(
            new Node(0, Op.Negate, Schema.KindOf(e.Type)) { Inputs = [Lower(e.Operand, scope)], MayBeMissing = true }),
        CallExpression e => Call(e, scope),
        ListRead e => throw new InvalidOperationException($"the list {e.List.Name} stands where a value is wanted"),
        _ => throw new InvalidOperationException($"{expression.GetType().Name} reached the compiler"),
    };

    /// <summary>The node that gives the handle of a value: what keys, distinct values and targets are made of.</summary>
    public int Handle(int node, EntitySymbol? entity)
    {
        var value = _nodes[node];
        if (value.Op is Op.Handle or Op.CompositeKey or Op.NoKey) return node;
        var domain = DomainOf(node, entity);
        return _nodes.Add(new Node(0, Op.Handle, value.Kind) { Inputs = [node], Domain = domain, MayBeMissing = value.MayBeMissing });
    }

    /// <summary>The domain of a node's values. Columns used so are interned while decoding.</summary>
    public int DomainOf(int node, EntitySymbol? entity)
    {
        var value = _nodes[node];
        if (value.Op is Op.Key or Op.Measure or Op.Member or Op.Group && value.Domain >= 0) return value.Domain;
        // The group of a member that stands in different fields: one domain all the same.
        if (value.Op == Op.ChooseByType && value.Inputs.All(i => _nodes[i].Op == Op.Group)) return _nodes[value.Inputs[0]].Domain;
        var columns = value.Op switch { Op.Field => [value.Target], Op.FieldByType => value.Types.Where(c => c >= 0), _ => [] };
        var domain = context.Schema.DomainOf(value.Kind, entity, arriving: columns.Any() || value.Kind == ValueKind.Entity);
        foreach (var column in columns) context.Schema.Intern(column, domain);
        return domain;
    }

    /// <summary>One node for a value that stands in different places on different events.</summary>
    public int Choose(IReadOnlyList<(int Type, int Node)> byType)
    {
        var distinct = byType.Select(p => p.Node).Distinct().ToArray();
        if (distinct.Length == 1) return distinct[0];
        var kind = _nodes[distinct[0]].Kind;
        var types = new int[context.Schema.EventTypes.Count];
        Array.Fill(types, -1);
        if (distinct.All(n => _nodes[n].Op == Op.Field))
        {
            foreach (var (type, node) in byType) types[type] = _nodes[node].Target;
            return _nodes.Add(new Node(0, Op.FieldByType, kind) { Types = types, MayBeMissing = true, Sensitive = distinct.Any(n => _nodes[n].Sensitive) });
        }
        foreach (var (type, node) in byType) types[type] = Array.IndexOf(distinct, node);
        return _nodes.Add(new Node(0, Op.ChooseByType, kind) { Inputs = distinct, Types = types, MayBeMissing = true });
    }

    private int Constant(LiteralExpression literal)
    {
        var constant = ConstantText.Lower(literal);
        return _nodes.Add(new Node(0, Op.Constant, constant.Kind) { Constant = constant });
    }

    private int Field(FieldRead read, Scope scope) =>
        Choose([.. read.ByEvent.Select(p => (context.Schema.TypeOf(p.Key), Field(p.Value, scope)))]);

    private int Field(FieldSymbol field, Scope scope)
    {
        if (field.Computed is { } computed) return Sensitive(Lower(computed, scope), field.Sensitive);
        return field.Name switch
        {
            "id" or "time" or "source" => Builtin(field.Name),
            _ => ArrivingField(field),
        };
    }

    private int ArrivingField(FieldSymbol field)
    {
        var column = context.Schema.ColumnOf(field);
        var plan = context.Schema.Columns[column];
        var node = _nodes.Add(new Node(0, Op.Field, plan.Kind)
        {
            Target = column, MayBeMissing = field.Type.Optional, Element = plan.Element, Sensitive = field.Sensitive,
        });
        if (plan.Kind == ValueKind.Entity) DomainOf(node, field.Type.Entity);
        return node;
    }

    private int Sensitive(int node, bool sensitive) => sensitive ? _nodes.Add(_nodes[node] with { Sensitive = true }) : node;

    private int Builtin(string name) => name switch
    {
        "time" => _nodes.Add(Op.EventTime, ValueKind.Time),
        "id" => _nodes.Add(Op.EventId, ValueKind.Text),
        _ => _nodes.Add(Op.EventSource, ValueKind.Text),
    };

    private int Builtin(BuiltinRead read) => read.Field switch
    {
        BuiltinField.Type => _nodes.Add(Op.EventType, ValueKind.Text),
        BuiltinField.Time => Builtin("time"),
        BuiltinField.Id => Builtin("id"),
        _ => Builtin("source"),
    };

    private int Key(KeyRead read, Scope scope)
    {
        var type = scope.KeyTypes[read.Index];
        var kind = Schema.KindOf(type);
        return _nodes.Add(new Node(0, Op.Key, kind)
        {
            Target = read.Index, IsPlain = false,
            Domain = type.Link is { } link ? context.Links.GroupDomain(link)
                : scope.KeyDomains?[read.Index] ?? context.Schema.DomainOf(kind, type.Entity, arriving: true),
        });
    }

    private static bool IsKeyedAlignment(MeasureSymbol measure) =>
        measure.Aggregate == Aggregate.Alignment && measure.Keys is not [{ Type.Link: not null }];

    private int Measure(MeasureRead read, Scope scope)
    {
        if (IsKeyedAlignment(read.Measure)) return context.Alignments.Read(read, AlignmentPart.Value, IsOwnKey(read), scope);
        if (GroupLowering.IsOfGroups(read.Measure)) return context.Groups.Measure(read, IsOwnKey(read), scope);
        var index = context.Measures.IndexOf(read.Measure, scope.View);
        var measure = context.Measures.Plans[index];
        var key = IsOwnKey(read) ? measure.Key : ReadKey(read, measure, scope);
        // Timers and label rules have no event in hand: they read between rows, even a measure that has one key for all.
        var isOnEvent = key == measure.Key && scope.EventTypes.Count > 0;
        if (isOnEvent) context.Measures.ReadOn(index, scope.EventTypes);
        else if (!scope.IsAtCuts) context.Measures.ReadAway(read.Measure);
        return _nodes.Add(new Node(0, Op.Measure, measure.Result)
        {
            Inputs = [key], Target = index, IsPlain = !measure.IsSequential && isOnEvent,
            Domain = measure.Result == measure.AmountKind ? measure.AmountDomain : -1,
            MayBeMissing = true, Sensitive = context.Measures.IsSensitive(index),
        });
    }

    /// <summary>Read by its bare name on an event, a measure takes its keys from that event just as when it counted it.</summary>
    private static bool IsOwnKey(MeasureRead read) => !read.Explicit && !read.Keys.Any(ExpressionWalk.ReadsKeyInHand);

    private int ReadKey(MeasureRead read, MeasurePlan measure, Scope scope)
    {
        var parts = read.Keys.Select((k, i) =>
        {
            var domain = context.Measures.PartDomains(measure.Index)[i];
            var node = InDomain(Lower(k, scope), domain);
            return _nodes.Add(new Node(0, Op.Handle, _nodes[node].Kind) { Inputs = [node], Domain = domain, MayBeMissing = true });
        }).ToArray();
        return parts.Length switch
        {
            0 => measure.Key,
            1 => parts[0],
            _ => _nodes.Add(new Node(0, Op.CompositeKey, ValueKind.Integer) { Inputs = parts, Domain = measure.KeyDomain, MayBeMissing = true }),
        };
    }

    /// <summary>An integer is spelled as a number where the measure's keys are numbers.</summary>
    private int InDomain(int node, int domain) =>
        _nodes[node].Kind == ValueKind.Integer && context.Schema.Domains[domain].Kind == DomainKind.Number
            ? _nodes.Add(Op.ToNumber, ValueKind.Number, node) : node;

    private int Score(ScoreRead read, Scope scope)
    {
        var index = context.State.Score(read.Score);
        return _nodes.Add(new Node(0, Op.Score, ValueKind.Number)
        {
            Inputs = [EntityOf(read.Entity, read.Score.Entity, scope)], Target = index, IsPlain = false,
            View = context.State.ViewOf(read.Score, scope.View),
        });
    }

    private int EntityOf(Expression expression, EntitySymbol entity, Scope scope) => Handle(Lower(expression, scope), entity);

    private int AtLeast(AtLeastExpression e, Scope scope) => _nodes.Add(new Node(0, Op.AtLeast, ValueKind.Boolean)
    {
        Inputs = [.. e.Conditions.Select(c => Lower(c, scope))], Target = e.Count,
    });

    private int Comparison(ComparisonExpression e, Scope scope)
    {
        var left = Lower(e.Left, scope);
        var right = Lower(e.Right, scope);
        (left, right) = AlignText(left, right);
        if (_nodes[left].Op == Op.Constant && _nodes[right].Op != Op.Constant)
            return Compare(Mirror(e.Operator), right, left, e.IgnoringCase);
        return Compare(e.Operator, left, right, e.IgnoringCase);
    }

    private int Compare(ComparisonOperator op, int left, int right, bool fold)
    {
        if (op is ComparisonOperator.Equal or ComparisonOperator.NotEqual && !fold && !IsEmptyText(right)) InternForEquality(left);
        var node = _nodes.Add(new Node(0, OpOf(op), ValueKind.Boolean) { Inputs = [left, right], IgnoringCase = fold });
        return op == ComparisonOperator.NotEqual ? _nodes.Not(node) : node;
    }

    /// <summary>A text column that is compared for equality is interned: the comparison becomes one of handles.</summary>
    private void InternForEquality(int node)
    {
        if (_nodes[node] is { Op: Op.Field, Kind: ValueKind.Text, Sensitive: false }) DomainOf(node, null);
    }

    /// <summary>Whether a text is empty is plain to see: long ones need not be kept for it.</summary>
    private bool IsEmptyText(int node) => _nodes[node].Constant is { Kind: ValueKind.Text, Text.Length: 0 };

    private (int Left, int Right) AlignText(int left, int right)
    {
        var (a, b) = (_nodes[left].Kind, _nodes[right].Kind);
        if (a == ValueKind.Fingerprint && b == ValueKind.Text) left = _nodes.Add(Op.ToText, ValueKind.Text, left);
        if (b == ValueKind.Fingerprint && a == ValueKind.Text) right = _nodes.Add(Op.ToText, ValueKind.Text, right);
        return (left, right);
    }

    private static ComparisonOperator Mirror(ComparisonOperator op) => op switch
    {
        ComparisonOperator.Less => ComparisonOperator.Greater,
        ComparisonOperator.LessOrEqual => ComparisonOperator.GreaterOrEqual,
        ComparisonOperator.Greater => ComparisonOperator.Less,
        ComparisonOperator.GreaterOrEqual => ComparisonOperator.LessOrEqual,
        _ => op,
    };

    private static Op OpOf(ComparisonOperator op) => op switch
    {
        ComparisonOperator.Less => Op.Less,
        ComparisonOperator.LessOrEqual => Op.LessOrEqual,
        ComparisonOperator.Greater => Op.Greater,
        ComparisonOperator.GreaterOrEqual => Op.GreaterOrEqual,
        _ => Op.Equal,
    };

    private int In(InExpression e, Scope scope)
    {
        var operand = Lower(e.Operand, scope);
        // Handles tell case apart.
        if (!e.IgnoringCase || e.Set is not LiteralExpression) InternForEquality(operand);
        switch (e.Set)
        {
            case ListRead read:
                var (index, plain) = context.State.List(read.List);
                return _nodes.Add(new Node(0, Op.InList, ValueKind.Boolean)
                {
                    Inputs = [operand], Target = index, IsPlain = plain, IgnoringCase = e.IgnoringCase,
                    View = context.State.ViewOf(read.List, scope.View),
                });
            case LiteralExpression literal:
                var constant = ConstantText.Lower(literal);
                var cidr = constant.Kind == ValueKind.Cidr || constant.Items.Any(i => i.Kind is ValueKind.Cidr);
                return _nodes.Add(new Node(0, cidr ? Op.InCidr : Op.InConstants, ValueKind.Boolean)
                {
                    Inputs = [operand], IgnoringCase = e.IgnoringCase,
                    Constant = constant.Kind == ValueKind.List ? constant : new Constant(ValueKind.List) { Items = [constant] },
                });
            default:
                return _nodes.Add(new Node(0, Op.InField, ValueKind.Boolean)
                {
                    Inputs = [operand, Lower(e.Set, scope)], IgnoringCase = e.IgnoringCase,
                });
        }
    }

    private int TextTest(TextTestExpression e, Scope scope)
    {
        var operand = Lower(e.Operand, scope);
        var node = new Node(0, Op.TextTest, ValueKind.Boolean)
        {
            Inputs = [operand], IgnoringCase = e.IgnoringCase, TextOp = OpOf(e.Operator), Quantifier = OpOf(e.Quantifier),
        };
        switch (e.Pattern)
        {
            case ListRead read:
                var (index, plain) = context.State.List(read.List);
                return _nodes.Add(node with { Target = index, IsPlain = plain, View = context.State.ViewOf(read.List, scope.View) });
            case LiteralExpression literal:
                return _nodes.Add(node with { Constant = ConstantText.Lower(literal) });
            default:
                return _nodes.Add(node with { Inputs = [operand, Lower(e.Pattern, scope)] });
        }
    }

    private static TextOp OpOf(TextOperator op) => op switch
    {
        TextOperator.Contains => TextOp.Contains,
        TextOperator.StartsWith => TextOp.StartsWith,
        TextOperator.EndsWith => TextOp.EndsWith,
        TextOperator.Like => TextOp.Like,
        _ => TextOp.Matches,
    };

    private static Quantifier OpOf(Language.Syntax.Quantifier quantifier) => quantifier switch
    {
        Language.Syntax.Quantifier.Any => Quantifier.Any,
        Language.Syntax.Quantifier.All => Quantifier.All,
        _ => Quantifier.One,
    };

    private int Presence(PresenceExpression e, Scope scope)
    {
        var operand = Lower(e.Operand, scope);
        if (e.Test == PresenceTest.Null)
            foreach (var column in ColumnsOf(operand)) context.Schema.TellNulls(column);
        return e.Test switch
        {
            PresenceTest.Missing => _nodes.Add(Op.IsMissing, ValueKind.Boolean, operand),
            PresenceTest.Null => _nodes.Add(Op.IsNull, ValueKind.Boolean, operand),
            _ => _nodes.Add(Op.IsPresent, ValueKind.Boolean, operand),
        };
    }

    private IEnumerable<int> ColumnsOf(int node) => _nodes[node].Op switch
    {
        Op.Field => [_nodes[node].Target],
        Op.FieldByType => _nodes[node].Types.Where(c => c >= 0),
        _ => [],
    };

    private int LabelTest(LabelTestExpression e, Scope scope) => _nodes.Add(new Node(0, Op.HasLabel, ValueKind.Boolean)
    {
        Inputs = [EntityOf(e.Entity, e.Label.Entity, scope)], Target = context.State.Label(e.Label), IsPlain = false,
        Had = e.Had, OlderThan = e.OlderThan ?? 0, View = context.State.ViewOf(e.Label, scope.View),
    });

    private int Arithmetic(ArithmeticExpression e, Scope scope)
    {
        var op = e.Operator switch
        {
            ArithmeticOperator.Add => Op.Add,
            ArithmeticOperator.Subtract => Op.Subtract,
            ArithmeticOperator.Multiply => Op.Multiply,
            _ => Op.Divide,
        };
        return _nodes.Add(new Node(0, op, Schema.KindOf(e.Type))
        {
            Inputs = [Lower(e.Left, scope), Lower(e.Right, scope)], MayBeMissing = true,
        });
    }

    private int Call(CallExpression e, Scope scope)
    {
        var kind = e.Function == Function.Template ? ValueKind.Fingerprint : Schema.KindOf(e.Type);
        return _nodes.Add(new Node(0, Op.Call, kind)
        {
            Inputs = [.. e.Arguments.Select(a => Lower(a, scope))], Target = (int)Enum.Parse<PlanFunction>(e.Function.ToString()),
            MayBeMissing = true, Element = e.Type.Element is { } element ? Schema.KindOf(element) : ValueKind.Missing,
        });
    }
}
