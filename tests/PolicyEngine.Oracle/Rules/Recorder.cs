using System.Security.Cryptography;
using System.Text;
using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.State;
using PolicyEngine.Oracle.Values;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Oracle.Rules;

/// <summary>Makes the record of a firing: reason, evidence, clause tree and what is asked for (K3, J1, J2).</summary>
internal sealed class Recorder(World world, Evaluator evaluator, Strata strata)
{
    /// <param name="steps">The events that met the steps of a sequence; none for other rules.</param>
    public Firing Record(RuleSymbol rule, Scope scope, IReadOnlyList<object> key, long suppressed, Instant instant, IReadOnlyList<OracleStep> steps)
    {
        var decision = new OracleDecision
        {
            Time = scope.Now,
            Event = scope.Behind?.Id ?? instant.Event?.Id ?? instant.Delayed?.Decision.Event,
            Pack = rule.Pack.Name,
            Rule = rule.Name,
            Stage = rule.Metadata.Stage.ToString().ToLowerInvariant(),
            Stratum = strata.Of(rule),
            KeyType = string.Join(',', KeyNames(rule.Trigger)),
            Key = [.. key.Select(Value.KeyText)],
            Responses = [],
            Because = Because(rule, scope),
            Values = Evidence(rule, scope),
            Clauses = Clauses(rule, scope),
            SuppressedBefore = suppressed,
            Steps = steps,
            Late = instant.Event?.Late == true,
            Warming = Warming(rule, scope.Now),
        };
        return new Firing(rule, scope, key, decision, [.. rule.Actions.SelectMany(a => Ask(rule, a, scope, key))]);
    }

    private static IEnumerable<string> KeyNames(Trigger trigger) => trigger switch
    {
        JoinTrigger joins => [joins.Link.Entity.Name],
        LabelTrigger label => [label.Label.Entity.Name],
        EachTrigger => ["event"],
        _ => RuleSteps.KeysOf(trigger).Select(k => k.Type.Link?.Name ?? k.Type.Entity?.Name ?? k.Text),
    };

    private string Because(RuleSymbol rule, Scope scope) => rule.Because is null ? "" : string.Concat(rule.Because.Parts.Select(p =>
        p.Text ?? Display.Of(evaluator.Of(p.Hole!, scope), p.Hole!.Type)));

    private Dictionary<string, object?> Evidence(RuleSymbol rule, Scope scope)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var read in Reads.Condition(rule).Concat(Reads.Texts(rule)).SelectMany(Reads.Of))
        {
            if (NameOf(read) is not { } name || values.ContainsKey(name)) continue;
            values[name] = Shown(evaluator.Of(read, scope), read.Type);
        }
        return values;
    }

    /// <summary>Durations, rates and times stand as texts, all else as it is.</summary>
    private static object? Shown(object? value, PolicyType type) =>
        Value.IsMissing(value) ? null : type.Kind switch
        {
            TypeKind.Duration => Short((long)value!),
            TypeKind.Rate or TypeKind.Time => Display.Of(value, type),
            _ => value,
        };

    private static string? NameOf(Expression expression) => expression switch
    {
        FieldRead field => field.Name,
        BuiltinRead builtin => builtin.Field.ToString().ToLowerInvariant(),
        MeasureRead { Explicit: false } measure => measure.Measure.Name,
        MeasureRead measure => Folded(measure),
        ScoreRead score => score.Score.Name,
        StepRead step => Folded(step),
        AlignmentRead read => $"{read.Measure.Measure.Name}.{read.Part.ToString().ToLowerInvariant()}",
        GroupPropertyRead group => $"{(group.Group is GroupRead of ? of.Link : group.Group.Type.Link!).Name}.{group.Property.ToString().ToLowerInvariant()}",
        _ => null,
    };

    private static string Folded(Expression expression) =>
        string.Join(' ', expression.Span.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private OracleClause? Clauses(RuleSymbol rule, Scope scope)
    {
        var parts = rule.When.Select(c => Clause(c.Condition, scope)).ToList();
        return parts.Count < 2 ? parts.FirstOrDefault() : new OracleClause("and", "", parts.TrueForAll(p => p.Holds == true), parts);
    }

    private OracleClause Clause(Expression expression, Scope scope)
    {
        OracleClause Compound(string kind, IEnumerable<Expression> parts) =>
            new(kind, "", evaluator.Judge(expression, scope), [.. parts.Select(p => Clause(p, scope))]);
        return expression switch
        {
            AndExpression and => Compound("and", and.Parts),
            OrExpression or => Compound("or", or.Parts),
            AtLeastExpression some => Compound("at_least", some.Conditions),
            NotExpression { Operand: AndExpression or OrExpression or AtLeastExpression } not => Compound("not", [not.Operand]),
            _ => new OracleClause("test", Folded(expression), evaluator.Judge(expression, scope), []),
        };
    }

    /// <summary>Measures read whose windows begin before the recording.</summary>
    public List<string> Warming(RuleSymbol rule, long now) => [.. Reads.Condition(rule).Concat(Reads.Texts(rule))
        .SelectMany(Reads.Of).OfType<MeasureRead>().Select(r => r.Measure).Where(m => IsWarming(m, now))
        .Select(m => m.Name).Distinct().Order(Strata.Bytes)];

    private bool IsWarming(MeasureSymbol measure, long now) => now - world.Began < measure.Window.Kind switch
    {
        WindowKind.Forever => 0,
        WindowKind.Session => 86_400_000,
        _ => measure.Window.Length + measure.Window.Ending,
    };

    /// <summary>What one action asks for; nothing where the entity it would act on is missing.</summary>
    private IEnumerable<Effect> Ask(RuleSymbol rule, RuleAction action, Scope scope, IReadOnlyList<object> key)
    {
        if (TargetOf(action.Act) is EachMember each)
        {
            if (IsTooLarge(each, scope))
            {
                yield return Fault(rule, action, scope);
                yield break;
            }
            foreach (var effect in Upon(each, scope).SelectMany(member => Ask(rule, action, scope, key, member))) yield return effect;
            yield break;
        }
        var target = TargetOf(action.Act) is { } expression ? evaluator.Of(expression, scope) : null;
        foreach (var effect in Ask(rule, action, scope, key, target)) yield return effect;
    }

    private bool IsTooLarge(EachMember each, Scope scope) =>
        evaluator.Of(each.Group, scope) is EntityKey { Id: var id }
        && world.Groups.Of(each.Group is GroupRead read ? read.Link : each.Group.Type.Link!, scope.Sight).Members(id).Count > world.MembersLookedAt;

    /// <summary>A response that could not be told whom to act on (L3): nothing becomes of it in any view.</summary>
    private Effect Fault(RuleSymbol rule, RuleAction action, Scope scope)
    {
        var values = ValuesOf(action.Act).Select(v => evaluator.Of(v, scope)).ToList();
        return new Effect
        {
            Action = action, Rule = rule, Target = null, Values = values, Outcome = Effect.Fault, Sight = Sight.Shadow,
            Arguments = Arguments(action.Act, values, DurationOf(action.Act, values)),
        };
    }

    /// <summary>The members of a group in the order of their keys, for which the condition holds (F10, F15).</summary>
    private IEnumerable<EntityKey> Upon(EachMember each, Scope scope)
    {
        if (evaluator.Of(each.Group, scope) is not EntityKey { Id: var id }) return [];
        var link = each.Group is GroupRead read ? read.Link : each.Group.Type.Link!;
        return world.Groups.Of(link, scope.Sight).Members(id).Select(m => new EntityKey(link.Entity.Name, m))
            .Where(m => each.Where is null || evaluator.Holds(each.Where, scope with { Member = m }));
    }

    private IEnumerable<Effect> Ask(RuleSymbol rule, RuleAction action, Scope scope, IReadOnlyList<object> key, object? target)
    {
        var entity = target switch
        {
            EntityKey found => found,
            string id when EntityOf(action.Act) is { } symbol => new EntityKey(symbol.Name, id),
            _ when action.Act is ResponseAct { Target: null } => new EntityKey("event", scope.Event!.Id),
            _ => null,
        };
        if (TargetOf(action.Act) is not null && entity is null) yield break;
        var values = ValuesOf(action.Act).Select(v => evaluator.Of(v, scope)).ToList();
        if (action.Act is AddScoreAct or AddEntryAct or RemoveEntryAct && Value.IsMissing(values[0])) yield break;
        var outcome = OutsideOutcome(rule, entity ?? Owner(rule, action.Act, values, key));
        var lasts = DurationOf(action.Act, values);
        yield return new Effect
        {
            Action = action, Rule = rule, Target = entity, Values = values, Outcome = outcome,
            Sight = outcome is null ? Sight.Enforced : Sight.Shadow, Arguments = Arguments(action.Act, values, lasts), For = lasts,
        };
    }

    /// <summary>Whom a response without an entity acts on, for samples: the entry of a list, else the key of the rule.</summary>
    private static EntityKey Owner(RuleSymbol rule, Act act, List<object?> values, IReadOnlyList<object> key) => act switch
    {
        AddEntryAct entry => new EntityKey(entry.List.Name, Value.KeyText(values[0]!)),
        RemoveEntryAct entry => new EntityKey(entry.List.Name, Value.KeyText(values[0]!)),
        _ => new EntityKey(KeyNames(rule.Trigger).First(), string.Join(',', key.Select(Value.KeyText))),
    };

    /// <summary>What the record says about a response beside its entity.</summary>
    private static List<(string, string)> Arguments(Act act, List<object?> values, long? lasts)
    {
        List<(string, string)> arguments = act switch
        {
            LabelAct label => [("label", label.Label.Name)],
            UnlabelAct unlabel => [("label", unlabel.Label.Name)],
            AddScoreAct score => [("score", score.Score.Name), ("points", Points(values[0]!))],
            AddEntryAct entry => [("list", entry.List.Name), ("value", Value.KeyText(values[0]!))],
            RemoveEntryAct entry => [("list", entry.List.Name), ("value", Value.KeyText(values[0]!))],
            ResponseAct response => [.. Given(response).Zip(values).Where(g => !IsEnd(g.First.Parameter))
                .Select(g => Argument(g.First.Parameter, g.Second, g.First.Argument.Type))],
            _ => [],
        };
        if (lasts is { } length) arguments.Add(("for", Short(length)));
        return arguments;
    }

    private static (string, string) Argument(ResponseParameter parameter, object? value, PolicyType type) => type.Kind switch
    {
        TypeKind.Rate => ("rate", Display.Of(value, type).Replace(" per ", "/", StringComparison.Ordinal)
            .Replace("/minute", "/min", StringComparison.Ordinal).Replace("/second", "/s", StringComparison.Ordinal)
            .Replace("/hour", "/h", StringComparison.Ordinal).Replace("/day", "/d", StringComparison.Ordinal)),
        TypeKind.Duration => (parameter.Preposition, Short((long)value!)),
        _ => (parameter.Preposition, Value.KeyText(value!)),
    };

    private static string Short(long length)
    {
        var text = new TextBuffer();
        DurationFormat.AppendExact(length, text);
        return text.ToString();
    }

    private static string Points(object points) =>
        Value.KeyText(points is long ? points : ExactNumber.ToMillionths(points) / 1e6);

    private static bool IsEnd(ResponseParameter parameter) => parameter is { Preposition: "for", Type.Kind: TypeKind.Duration };

    private static IEnumerable<(ResponseParameter Parameter, Expression Argument)> Given(ResponseAct act) =>
        act.Response.Parameters.Zip(act.Arguments).Where(p => p.Second is not null).Select(p => (p.First, p.Second!));

    private static Expression? TargetOf(Act act) => act switch
    {
        LabelAct label => label.Target,
        UnlabelAct unlabel => unlabel.Target,
        AddScoreAct score => score.Target,
        OpenCaseAct open => open.Target,
        ResponseAct response => response.Target,
        _ => null,
    };

    private static EntitySymbol? EntityOf(Act act) => act switch
    {
        LabelAct label => label.Label.Entity,
        UnlabelAct unlabel => unlabel.Label.Entity,
        AddScoreAct score => score.Score.Entity,
        ResponseAct response => response.Response.TargetEntity,
        _ => null,
    };

    private static IReadOnlyList<Expression> ValuesOf(Act act) => act switch
    {
        AddScoreAct score => [score.Points],
        AddEntryAct entry => [entry.Value],
        RemoveEntryAct entry => [entry.Value],
        ResponseAct response => [.. Given(response).Select(g => g.Argument)],
        _ => [],
    };

    private static long? DurationOf(Act act, List<object?> values) => act switch
    {
        LabelAct label => label.For,
        AddEntryAct entry => entry.For,
        ResponseAct response => Given(response).Zip(values)
            .Where(p => IsEnd(p.First.Parameter))
            .Select(p => p.Second as long?).FirstOrDefault(),
        _ => null,
    };

    /// <summary>Why the response has no effect of its own (J1, J2); null when it has.</summary>
    private static string? OutsideOutcome(RuleSymbol rule, EntityKey owner)
    {
        var metadata = rule.Metadata;
        if (metadata.Stage == Stage.Shadow) return "shadow";
        if (metadata.Stage == Stage.Sampled
            && Bucket("sample", $"{rule.Pack.Name}.{rule.Formerly ?? rule.Name}", owner) >= metadata.SampledShare)
            return "not_sampled";
        return Bucket("holdout", rule.Pack.Name, owner) < metadata.Holdout ? "holdout" : null;
    }

    private static int Bucket(string use, string name, EntityKey owner)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{use}\0{name}\0{owner.Type}\0{owner.Id}"));
        ulong first = 0;
        for (var i = 0; i < 8; i++) first = (first << 8) | hash[i];
        return (int)(first % 10_000);
    }
}
