using System.Net;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Oracle.State;

namespace PolicyEngine.Oracle.Values;

/// <summary>Walks bound expressions over the world as it stands. Conditions have two truth values, values may be missing (E1, E2).</summary>
internal sealed class Evaluator(World world)
{
    /// <summary>Something that was looked at has more members than can be looked at (L3).</summary>
    public bool Faulty { get; set; }

    /// <summary>A condition; what cannot be told does not hold.</summary>
    public bool Holds(Expression condition, Scope scope)
    {
        var truth = Judge(condition, scope);
        Faulty |= truth is null;
        return truth == true;
    }

    /// <summary>Null where it cannot be told: `false and fault` is false, `true or fault` true, all else a fault.</summary>
    public bool? Judge(Expression condition, Scope scope)
    {
        switch (condition)
        {
            case AndExpression and: return Enough(and.Parts, and.Parts.Count, scope);
            case OrExpression or: return Enough(or.Parts, 1, scope);
            case AtLeastExpression some: return Enough(some.Conditions, some.Count, scope);
            case NotExpression not: return !Judge(not.Operand, scope);
        }
        var outer = Faulty;
        Faulty = false;
        var holds = Stands(condition, scope);
        bool? truth = Faulty ? null : holds;
        Faulty = outer;
        return truth;
    }

    private bool? Enough(IReadOnlyList<Expression> parts, long wanted, Scope scope)
    {
        var truths = parts.Select(p => Judge(p, scope)).ToList();
        if (truths.Count(t => t == true) >= wanted) return true;
        return truths.Count(t => t != false) >= wanted ? null : false;
    }

    /// <summary>A single test; a missing boolean is false.</summary>
    private bool Stands(Expression condition, Scope scope) => condition switch
    {
        ComparisonExpression comparison => Compares(comparison, scope),
        InExpression test => IsIn(test, scope),
        BetweenExpression between => IsBetween(between, scope),
        TextTestExpression test => Passes(test, scope),
        PresenceExpression test => IsThere(test, scope),
        LabelTestExpression test => HasLabel(test, scope),
        _ => Of(condition, scope) is true,
    };

    /// <summary>The value of an expression; null or <see cref="Value.Null"/> when it is missing.</summary>
    public object? Of(Expression expression, Scope scope) => expression switch
    {
        LiteralExpression literal => Literal(literal),
        FieldRead read => Field(read, scope),
        BuiltinRead read => Builtin(read.Field, scope),
        KeyRead read => scope.Key[read.Index],
        AlignmentRead read => world.Measures.Part(read, [.. read.Measure.Keys.Select(k => Of(k, scope))], scope.Sight, scope.Now),
        StepRead read => scope.Kept?.GetValueOrDefault(read),
        GapRead => scope.Gap,
        MemberRead => scope.Member,
        GroupRead read => Of(read.Member, scope) is EntityKey member && world.Groups.Of(read.Link, scope.Sight).IdOf(member.Id) is { } id
            ? new EntityKey(read.Link.Name, id) : null,
        GroupPropertyRead read => Property(read, scope),
        MeasureRead read => Measure(read, scope),
        ScoreRead read => Of(read.Entity, scope) is EntityKey entity ? world.Scores.Read(read.Score, entity, scope.Sight, scope.Now) : null,
        ListRead read => world.Lists.In(read.List, scope.Sight, scope.Now).ToList(),
        ArithmeticExpression arithmetic => Arithmetic.Of(arithmetic, Of(arithmetic.Left, scope), Of(arithmetic.Right, scope)),
        NegateExpression negate => Arithmetic.Negated(Of(negate.Operand, scope)),
        CallExpression call => Functions.Of(call, [.. call.Arguments.Select(a => Of(a, scope))]),
        _ => Holds(expression, scope),
    };

    /// <summary>Whether an event is one of a source's; a rule's are the events it fired on in this instant.</summary>
    public bool IsOf(EventSource source, Scope scope) => source switch
    {
        RuleSymbol rule => world.Fired.Contains((rule, scope.Sight)),
        NamedEventSymbol named => named.Sources.Any(s => IsOf(s, scope)) && (named.Where is null || Holds(named.Where, scope)),
        _ => scope.Event?.Symbol == source,
    };

    /// <summary>The parts of a key on the event in hand; null when one is missing.</summary>
    public IReadOnlyList<object>? Key(IReadOnlyList<KeyPart> parts, Scope scope)
    {
        var key = new List<object>();
        foreach (var part in parts)
        {
            if (scope.Event is null || !part.ByEvent.TryGetValue(scope.Event.Symbol, out var expression)) return null;
            var value = Of(expression, scope);
            if (Value.IsMissing(value)) return null;
            key.Add(value!);
        }
        return key;
    }

    public static string Canonical(IEnumerable<object> key) => string.Join('\u0002', key.Select(Value.Canonical));

    private static object Literal(LiteralExpression literal) => literal.Value switch
    {
        IReadOnlyList<LiteralExpression> items => items.Select(Literal).ToList(),
        IPAddress address => Value.Unmapped(address),
        int whole => (long)whole,
        var value => value,
    };

    private object? Field(FieldRead read, Scope scope)
    {
        if (scope.Event is not { } e || !read.ByEvent.TryGetValue(e.Symbol, out var field)) return null;
        return field.Computed is { } computed ? Of(computed, scope) : e.Fields.GetValueOrDefault(field.Name);
    }

    private static object? Builtin(BuiltinField field, Scope scope) => field switch
    {
        BuiltinField.Id => scope.Event?.Id,
        BuiltinField.Time => scope.Event is { } e ? e.Time : scope.Now,
        BuiltinField.Type => scope.Event?.Symbol.OutsideName,
        _ => scope.Event?.Origin,
    };

    private object? Property(GroupPropertyRead read, Scope scope)
    {
        if (Of(read.Group, scope) is not EntityKey { Id: var id }) return null;
        var groups = world.Groups.Of(read.Group is GroupRead group ? group.Link : read.Group.Type.Link!, scope.Sight);
        if (groups.Members(id).Count == 0) return null;
        return read.Property switch
        {
            GroupProperty.Size => (long)groups.Members(id).Count,
            GroupProperty.Age => scope.Now - groups.Born(id),
            GroupProperty.Reasons => groups.Reasons(id),
            _ => id,
        };
    }

    private object? Measure(MeasureRead read, Scope scope)
    {
        var key = read.Keys.Select(k => Of(k, scope)).ToList();
        if (Links.Groups.IsOfMembers(read.Measure) || Links.Groups.IsPerGroup(read.Measure))
            return key.Exists(Value.IsMissing) ? null : world.Groups.Measure(read.Measure, [.. key.Select(k => k!)], scope);
        return key.Exists(Value.IsMissing)
            ? null : world.Measures.Value(read.Measure, Canonical(key.Select(k => k!)), scope.Sight, scope.Now, world.Position);
    }

    private bool Compares(ComparisonExpression comparison, Scope scope)
    {
        var left = Of(comparison.Left, scope);
        var right = Of(comparison.Right, scope);
        var missing = Value.IsMissing(left) || Value.IsMissing(right);
        return comparison.Operator switch
        {
            ComparisonOperator.Equal => !missing && Value.Same(left!, right!, comparison.IgnoringCase),
            ComparisonOperator.NotEqual => missing || !Value.Same(left!, right!, comparison.IgnoringCase),
            ComparisonOperator.Less => !missing && Value.CompareNumbers(left!, right!) < 0,
            ComparisonOperator.LessOrEqual => !missing && Value.CompareNumbers(left!, right!) <= 0,
            ComparisonOperator.Greater => !missing && Value.CompareNumbers(left!, right!) > 0,
            _ => !missing && Value.CompareNumbers(left!, right!) >= 0,
        };
    }

    private bool IsBetween(BetweenExpression between, Scope scope)
    {
        var value = Of(between.Operand, scope);
        var low = Of(between.Low, scope);
        var high = Of(between.High, scope);
        return !Value.IsMissing(value) && !Value.IsMissing(low) && !Value.IsMissing(high)
            && Value.CompareNumbers(value!, low!) >= 0 && Value.CompareNumbers(value!, high!) <= 0;
    }

    private bool IsIn(InExpression test, Scope scope)
    {
        var value = Of(test.Operand, scope);
        if (Value.IsMissing(value)) return false;
        if (test.Set is ListRead list) return world.Lists.Contains(list.List, value!, test.IgnoringCase, scope.Sight, scope.Now);
        return Of(test.Set, scope) switch
        {
            IPNetwork network => Lists.Matches(network, value!, false),
            IReadOnlyList<object> items => items.Any(item => Lists.Matches(item, value!, test.IgnoringCase)),
            _ => false,
        };
    }

    private bool Passes(TextTestExpression test, Scope scope)
    {
        var operand = Of(test.Operand, scope);
        var pattern = Of(test.Pattern, scope);
        if (Value.IsMissing(operand) || Value.IsMissing(pattern)) return false;
        var ignoringCase = test.IgnoringCase || (test.Pattern as ListRead)?.List.IgnoringCase == true;
        bool One(object single) => TextTests.Passes(test.Operator, operand!, single, ignoringCase);
        return test.Quantifier switch
        {
            Quantifier.Any => ((IReadOnlyList<object>)pattern!).Any(One),
            Quantifier.All => ((IReadOnlyList<object>)pattern!).All(One),
            _ => One(pattern!),
        };
    }

    private bool IsThere(PresenceExpression test, Scope scope)
    {
        var value = Of(test.Operand, scope);
        return test.Test switch
        {
            PresenceTest.Missing => Value.IsMissing(value),
            PresenceTest.Present => !Value.IsMissing(value),
            _ => ReferenceEquals(value, Value.Null),
        };
    }

    private bool HasLabel(LabelTestExpression test, Scope scope)
    {
        if (Of(test.Entity, scope) is not EntityKey entity) return false;
        var since = test.Had
            ? world.Labels.SinceBefore(test.Label, entity, scope.Sight) : world.Labels.Since(test.Label, entity, scope.Sight, scope.Now);
        return since is { } added && (test.OlderThan is not { } age || scope.Now - added >= age);
    }
}
