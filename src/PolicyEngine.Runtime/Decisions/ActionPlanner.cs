using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Links;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.State;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// The responses that a firing calls for, with everything they depend on read at that moment: target, arguments, end; and what stage,
/// sample and holdout say about each (J1, J2).
/// </summary>
internal sealed partial class ActionPlanner(Plan plan, KeyTables tables, RowEvaluator evaluator, EvidenceWriter evidence, LinkSet links)
{
    private const double PointsPerUnit = 1e6;
    private readonly KeyText _keys = new(plan, tables);
    private readonly TextBuffer _text = new();

    /// <returns>How many of them could not be told (L3).</returns>
    public int Add(Instant instant, int firing, RulePlan rule, in RowContext context)
    {
        var faults = 0;
        for (var i = 0; i < rule.Actions.Count; i++)
        {
            var action = rule.Actions[i];
            if (action.Each is { } each)
            {
                if (!AddEach(instant, firing, rule, i, each, context)) faults++;
                continue;
            }
            var instance = new ActionInstance { Firing = firing, Action = i, Domain = -1, Entity = -1, End = GrantStore.Never };
            if (action.Target >= 0)
            {
                instance.Domain = action.TargetDomain;
                instance.Entity = evaluator.Handle(action.Target, context);
                // A response upon somebody who is not there is none.
                if (instance.Entity < 0) continue;
            }
            Add(instant, instance, rule, action, context);
        }
        return faults;
    }

    private void Add(Instant instant, ActionInstance instance, RulePlan rule, ActionPlan action, in RowContext context)
    {
        if (action.Value >= 0 && !ReadValue(ref instance, action, context)) return;
        if (action.For is { } duration) instance.End = EndOf(context.Tau, duration);
        WriteArguments(instant.Text, ref instance, action, context);
        Settle(instant, ref instance, rule, action, instance.Firing, context);
        instant.Actions.Add(instance);
    }

    public static long EndOf(long tau, long duration) => duration > GrantStore.Never - tau ? GrantStore.Never : tau + duration;

    private bool ReadValue(ref ActionInstance instance, ActionPlan action, in RowContext context)
    {
        var value = evaluator.Evaluate(action.Value, context);
        if (value.IsMissing) return false;
        if (action.Kind == ActionKind.AddScore)
        {
            var points = value.AsDouble * PointsPerUnit;
            if (Math.Abs(points) > 1e30) return false;
            instance.Points = (Int128)Math.Round(points, MidpointRounding.ToEven);
        }
        else
            instance.Entry = value.Detach();
        return true;
    }

    private void WriteArguments(TextBuffer text, ref ActionInstance instance, ActionPlan action, in RowContext context)
    {
        var start = text.Length;
        text.Append((byte)'{');
        switch (action.Kind)
        {
            case ActionKind.Label or ActionKind.Unlabel:
                Member(text, start, "label"u8);
                text.AppendString(plan.Labels[action.Subject].Name);
                break;
            case ActionKind.AddScore:
                Member(text, start, "score"u8);
                text.AppendString(plan.Scores[action.Subject].Name);
                Member(text, start, "points"u8);
                text.AppendNumber((double)instance.Points / PointsPerUnit);
                break;
            case ActionKind.AddEntry or ActionKind.RemoveEntry:
                Member(text, start, "list"u8);
                text.AppendString(plan.Lists[action.Subject].Name);
                Member(text, start, "value"u8);
                evidence.Json(text, instance.Entry, plan.Nodes[action.Value].Sensitive);
                break;
        }
        foreach (var argument in action.Arguments) Argument(text, start, ref instance, argument, context);
        instance.ArgumentsHash = Hash(text.Written[start..]);
        if (instance.End != GrantStore.Never)
        {
            Member(text, start, "for"u8);
            AppendDuration(text, instance.End - context.Tau);
        }
        text.Append((byte)'}');
        instance.Arguments = new Piece(start, text.Length - start);
    }

    private void Argument(TextBuffer text, int start, ref ActionInstance instance, ArgumentPlan argument, in RowContext context)
    {
        var value = evaluator.Evaluate(argument.Node, context);
        if (argument.Preposition == "for" && value.Kind == ValueKind.Duration)
        {
            instance.End = EndOf(context.Tau, value.Long);
            return;
        }
        Member(text, start, NameOf(argument.Preposition, value.Kind));
        if (value.Kind == ValueKind.Rate) AppendRate(text, value);
        else if (value.Kind == ValueKind.Duration) AppendDuration(text, value.Long);
        else evidence.Json(text, value, plan.Nodes[argument.Node].Sensitive);
    }

    /// <summary>As the language writes it: `1h30m`.</summary>
    private void AppendDuration(TextBuffer text, long milliseconds)
    {
        _text.Clear();
        DurationFormat.AppendExact(milliseconds, _text);
        text.AppendString(_text.Written);
    }

    /// <summary>`10/min`.</summary>
    private void AppendRate(TextBuffer text, in Value rate)
    {
        _text.Clear();
        rate.Display(_text);
        text.AppendString(_text.ToString().Replace(" per ", "/", StringComparison.Ordinal).Replace("/minute", "/min", StringComparison.Ordinal)
            .Replace("/second", "/s", StringComparison.Ordinal).Replace("/hour", "/h", StringComparison.Ordinal).Replace("/day", "/d", StringComparison.Ordinal));
    }

    /// <summary>A rate is called so whatever its preposition; other arguments bear their preposition.</summary>
    private static ReadOnlySpan<byte> NameOf(string preposition, ValueKind kind) =>
        kind == ValueKind.Rate ? "rate"u8 : System.Text.Encoding.UTF8.GetBytes(preposition);

    private static void Member(TextBuffer text, int start, ReadOnlySpan<byte> name)
    {
        if (text.Length > start + 1) text.Append((byte)',');
        text.Append((byte)'"');
        text.Append(name);
        text.Append("\":"u8);
    }

    private void Settle(Instant instant, ref ActionInstance instance, RulePlan rule, ActionPlan action, int firing, in RowContext context)
    {
        instance.Outcome = Outcome.CarriedOut;
        if (rule.Stage == RuleStage.Shadow)
        {
            instance.Outcome = Outcome.Shadow;
            return;
        }
        if (rule.Holdout > 0 || rule.Stage == RuleStage.Sampled)
        {
            _text.Clear();
            var type = Subject(instant, instance, rule, action, firing, context);
            if (rule.Stage == RuleStage.Sampled && StableHash.SampleBucket(rule.Id, type, _text.Written) >= rule.SampledShare)
                instance.Outcome = Outcome.NotSampled;
            else if (rule.Holdout > 0 && StableHash.HoldoutBucket(rule.Pack, type, _text.Written) < rule.Holdout)
                instance.Outcome = Outcome.Holdout;
        }
        if (instance.Outcome != Outcome.CarriedOut) return;
        if (action.After is null) instance.IsOpen = true;
        else instance.Outcome = Outcome.Scheduled;
    }

    /// <summary>Whom the response acts on, for samples: an entity, else the entry of a list, else the key of the rule.</summary>
    private string Subject(Instant instant, in ActionInstance instance, RulePlan rule, ActionPlan action, int firing, in RowContext context)
    {
        if (instance.Domain >= 0)
        {
            _keys.Append(_text, instance.Domain, instance.Entity);
            return action.TargetEntity!;
        }
        if (action.Kind is ActionKind.AddEntry or ActionKind.RemoveEntry)
        {
            instance.Entry.Stand(_text);
            return plan.Lists[action.Subject].Name;
        }
        var key = instant.Firings[firing].Key;
        if (key >= 0) _keys.Append(_text, rule.KeyDomain, key);
        else if (context.Batch is { } batch) _text.Append(batch.Id(context.Row));
        return rule.KeyNames[0];
    }

    private static long Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var b in bytes) hash = (hash ^ b) * 0x100000001B3UL;
        return (long)hash;
    }
}
