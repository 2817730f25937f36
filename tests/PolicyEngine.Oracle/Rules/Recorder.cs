using System.Security.Cryptography;
using System.Text;
using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.State;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.Rules;

/// <summary>Makes the record of a firing: reason, evidence, clause tree and what is asked for (K3, J1, J2).</summary>
internal sealed class Recorder(World world, Evaluator evaluator, Strata strata)
{
    public Firing Record(RuleSymbol rule, Scope scope, IReadOnlyList<object> key, long suppressed)
    {
        var decision = new OracleDecision
        {
            Time = scope.Now,
            Event = rule.Trigger is LabelTrigger or EveryTrigger ? null : scope.Event?.Id,
            Pack = rule.Pack.Name,
            Rule = rule.Name,
            Stage = rule.Metadata.Stage.ToString().ToLowerInvariant(),
            Stratum = strata.Of(rule),
            KeyType = string.Join(", ", KeyNames(rule.Trigger)),
            Key = [.. key.Select(Value.KeyText)],
            Responses = [],
            Because = Because(rule, scope),
            Values = Evidence(rule, scope),
            Clauses = Clauses(rule, scope),
            SuppressedBefore = suppressed,
            Late = scope.Event?.Late == true && rule.Trigger is EachTrigger,
            Warming = Warming(rule, scope),
        };
        return new Firing(rule, scope, key, decision, [.. rule.Actions.SelectMany(a => Ask(rule, a, scope, key))]);
    }

    private static IEnumerable<string> KeyNames(Trigger trigger) => trigger switch
    {
        KeyedTrigger keyed => keyed.Keys.Select(k => k.Type.Entity?.Name ?? k.Text),
        EveryTrigger every => every.Keys.Select(k => k.Type.Entity?.Name ?? k.Text),
        LabelTrigger label => [label.Label.Entity.Name],
        _ => ["event"],
    };

    private string Because(RuleSymbol rule, Scope scope) => rule.Because is null ? "" : string.Concat(rule.Because.Parts.Select(p =>
        p.Text ?? Display.Of(evaluator.Of(p.Hole!, scope), p.Hole!.Type)));

    private Dictionary<string, object?> Evidence(RuleSymbol rule, Scope scope)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var read in Reads.Condition(rule).Concat(Reads.Texts(rule)).SelectMany(Reads.Of))
        {
            if (NameOf(read) is not { } name || values.ContainsKey(name)) continue;
            var value = evaluator.Of(read, scope);
            values[name] = Value.IsMissing(value) ? null : value;
        }
        return values;
    }

    private static string? NameOf(Expression expression) => expression switch
    {
        FieldRead field => field.Name,
        BuiltinRead builtin => builtin.Field.ToString().ToLowerInvariant(),
        MeasureRead { Explicit: false } measure => measure.Measure.Name,
        MeasureRead measure => Folded(measure),
        ScoreRead score => score.Score.Name,
        _ => null,
    };

    private static string Folded(Expression expression) =>
        string.Join(' ', expression.Span.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private OracleClause? Clauses(RuleSymbol rule, Scope scope)
    {
        var parts = rule.When.Select(c => Clause(c.Condition, scope)).ToList();
        return parts.Count < 2 ? parts.FirstOrDefault() : new OracleClause("and", "", parts.TrueForAll(p => p.Holds), parts);
    }

    private OracleClause Clause(Expression expression, Scope scope)
    {
        OracleClause Compound(string kind, IEnumerable<Expression> parts) =>
            new(kind, "", evaluator.Holds(expression, scope), [.. parts.Select(p => Clause(p, scope))]);
        return expression switch
        {
            AndExpression and => Compound("and", and.Parts),
            OrExpression or => Compound("or", or.Parts),
            AtLeastExpression some => Compound("at_least", some.Conditions),
            NotExpression { Operand: AndExpression or OrExpression or AtLeastExpression } not => Compound("not", [not.Operand]),
            _ => new OracleClause("test", Folded(expression), evaluator.Holds(expression, scope), []),
        };
    }

    private List<string> Warming(RuleSymbol rule, Scope scope) => [.. Reads.Condition(rule).Concat(Reads.Texts(rule))
        .SelectMany(Reads.Of).OfType<MeasureRead>().Select(r => r.Measure).Where(m => IsWarming(m, scope.Now))
        .Select(m => m.Name).Distinct().Order(Strata.Bytes)];

    private bool IsWarming(MeasureSymbol measure, long now) => measure.Window.Kind switch
    {
        WindowKind.Sliding => now - measure.Window.Length - measure.Window.Ending < world.Began,
        WindowKind.Tumbling => Value.FloorDivide(now, measure.Window.Length) * measure.Window.Length < world.Began,
        _ => false,
    };

    /// <summary>What one action asks for; nothing where the entity it would act on is missing.</summary>
    private IEnumerable<Effect> Ask(RuleSymbol rule, RuleAction action, Scope scope, IReadOnlyList<object> key)
    {
        var target = TargetOf(action.Act) is { } expression ? evaluator.Of(expression, scope) : null;
        var entity = target switch
        {
            EntityKey found => found,
            string id when EntityOf(action.Act) is { } symbol => new EntityKey(symbol.Name, id),
            _ when action.Act is ResponseAct { Target: null } => new EntityKey("event", scope.Event!.Id),
            _ => null,
        };
        if (TargetOf(action.Act) is not null && entity is null) yield break;
        var owner = entity ?? new EntityKey(string.Join(", ", KeyNames(rule.Trigger)), string.Join(", ", key.Select(Value.KeyText)));
        var outcome = OutsideOutcome(rule, owner);
        var values = ValuesOf(action.Act).Select(v => evaluator.Of(v, scope)).ToList();
        yield return new Effect
        {
            Action = action, Rule = rule, Target = entity, Values = values, Outcome = outcome,
            Sight = outcome is null ? Sight.Enforced : Sight.Shadow,
            Arguments = action.Act is ResponseAct response ? Arguments(response, values) : [],
            For = DurationOf(action.Act, values),
        };
    }

    /// <summary>The arguments that were given, by preposition.</summary>
    private static List<(string, string)> Arguments(ResponseAct act, List<object?> values) =>
        [.. Given(act).Select((a, i) => (a.Parameter.Preposition, Display.Of(values[i], a.Argument.Type)))];

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
            .Where(p => p.First.Parameter is { Preposition: "for", Type.Kind: TypeKind.Duration })
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
