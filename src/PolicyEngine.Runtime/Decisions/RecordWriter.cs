using System.Text;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>Decisions as JSON, one per rule that fired, in the order of K2, to the sink.</summary>
internal sealed class RecordWriter(Plan plan, KeyTables tables, EvidenceWriter evidence, IDecisionSink sink)
{
    private readonly KeyText _keys = new(plan, tables);
    private readonly TextBuffer _text = new(4096);
    private readonly TextBuffer _key = new();
    private readonly byte[] _id = new byte[64];
    private readonly byte[][] _ruleIds = [.. plan.Rules.Select(r => Encoding.UTF8.GetBytes(r.Id))];
    private readonly byte[][] _ruleHashes = [.. plan.Rules.Select(r => Encoding.UTF8.GetBytes(r.Hash))];
    private readonly byte[][] _heads = [.. plan.Rules.Select(Head)];
    private ResponseOutcome[] _outcomes = new ResponseOutcome[8];

    private static ReadOnlySpan<byte> OutcomeName(Outcome outcome) => outcome switch
    {
        Outcome.CarriedOut => "carried_out"u8,
        Outcome.Shadow => "shadow"u8,
        Outcome.NotSampled => "not_sampled"u8,
        Outcome.Holdout => "holdout"u8,
        Outcome.Held => "held"u8,
        Outcome.Overridden => "overridden"u8,
        Outcome.Already => "already"u8,
        Outcome.Scheduled => "scheduled"u8,
        Outcome.Protected => "protected"u8,
        _ => "fault"u8,
    };

    /// <summary>K1. <paramref name="origin"/>: id of the event, or the tick.</summary>
    public string IdOf(RulePlan rule, int key, ReadOnlySpan<byte> trigger, ReadOnlySpan<byte> origin)
    {
        KeyOf(rule, key, origin);
        return StableHash.DecisionId(new DecisionParts
        {
            TriggerKind = trigger, Origin = origin, RuleId = _ruleIds[rule.Index], RuleHash = _ruleHashes[rule.Index], Key = _key.Written,
        });
    }

    public void Write(Instant instant, in Firing firing, ReadOnlySpan<byte> eventId)
    {
        var rule = plan.Rules[firing.Rule];
        KeyOf(rule, firing.Key, eventId);
        _text.Clear();
        _text.Append("{\"id\":\""u8);
        _text.Append(firing.Id);
        _text.Append("\",\"time\":"u8);
        _text.AppendTime(instant.Tau);
        _text.Append(",\"event\":"u8);
        if (eventId.IsEmpty) _text.Append("null"u8);
        else _text.AppendString(eventId);
        _text.Append(_heads[firing.Rule]);
        Key(rule, firing.Key);
        _text.Append(",\"responses\":["u8);
        var responses = Responses(instant, firing, rule);
        _text.Append("],"u8);
        _text.Append(firing.Evidence.Of(instant.Text));
        _text.Append(",\"suppressed_before\":"u8);
        _text.AppendNumber((long)firing.Suppressed);
        if (instant.IsLate) _text.Append(",\"late\":true"u8);
        evidence.Warming(_text, rule, instant.Tau);
        _text.Append((byte)'}');
        Emit(instant, firing, rule, eventId, responses);
    }

    private void Emit(Instant instant, in Firing firing, RulePlan rule, ReadOnlySpan<byte> eventId, int responses)
    {
        var length = Encoding.UTF8.GetBytes(firing.Id, _id);
        sink.Write(new DecisionRecord
        {
            Json = _text.Written, Id = _id.AsSpan(0, length), Time = instant.Tau, Rule = rule, EventId = eventId,
            KeyType = rule.KeyNames.Count > 0 ? rule.KeyNames[0] : "", KeyId = _key.Written, Responses = _outcomes.AsSpan(0, responses),
        });
    }

    private void KeyOf(RulePlan rule, int key, ReadOnlySpan<byte> eventId)
    {
        _key.Clear();
        if (key >= 0) _keys.Append(_key, rule.KeyDomain, key);
        else _key.Append(eventId);
    }

    private void Key(RulePlan rule, int key)
    {
        _text.Append(",\"key\":{\"type\":"u8);
        _text.AppendString(rule.KeyNames.Count == 1 ? rule.KeyNames[0] : string.Join(',', rule.KeyNames));
        _text.Append(",\"id\":"u8);
        _text.AppendString(_key.Written);
        _text.Append((byte)'}');
    }

    private int Responses(Instant instant, in Firing firing, RulePlan rule)
    {
        if (_outcomes.Length < firing.ActionCount) _outcomes = new ResponseOutcome[firing.ActionCount];
        for (var i = 0; i < firing.ActionCount; i++)
        {
            var instance = instant.Actions[firing.FirstAction + i];
            var action = rule.Actions[instance.Action];
            _text.Append(i > 0 ? ",{\"action\":"u8 : "{\"action\":"u8);
            _text.AppendString(action.Verb);
            _text.Append(",\"entity\":"u8);
            if (instance.Entity < 0) _text.Append("null"u8);
            else Entity(action.TargetEntity!, instance.Domain, instance.Entity);
            _text.Append(",\"args\":"u8);
            _text.Append(instance.Arguments.Of(instant.Text));
            _text.Append(",\"outcome\":\""u8);
            _text.Append(OutcomeName(instance.Outcome));
            _text.Append("\"}"u8);
            var id = instance.Entity < 0 ? default : Bytes(instance.Domain, instance.Entity);
            _outcomes[i] = new ResponseOutcome(action, instance.Domain, instance.Entity, instance.Outcome, id);
        }
        return firing.ActionCount;
    }

    private ReadOnlyMemory<byte> Bytes(int domain, int handle)
    {
        var (arena, start, length) = tables[domain].Locate(handle);
        return arena.AsMemory(start, length);
    }

    private void Entity(string type, int domain, int handle)
    {
        _text.Append("{\"type\":"u8);
        _text.AppendString(type);
        _text.Append(",\"id\":"u8);
        _text.AppendString(tables[domain].Bytes(handle));
        _text.Append((byte)'}');
    }

    /// <summary>The part of a record that is the same for all firings of a rule.</summary>
    private static byte[] Head(RulePlan rule)
    {
        var text = new TextBuffer();
        text.Append(",\"rule\":"u8);
        text.AppendString(rule.Name);
        text.Append(",\"pack\":"u8);
        text.AppendString(rule.Pack);
        text.Append(",\"pack_hash\":"u8);
        text.AppendString(rule.PackHash);
        text.Append(",\"stage\":"u8);
        text.AppendString(rule.Stage.ToString().ToLowerInvariant());
        text.Append(",\"severity\":"u8);
        if (rule.Severity is { } severity) text.AppendString(severity);
        else text.Append("null"u8);
        return text.Written.ToArray();
    }
}
