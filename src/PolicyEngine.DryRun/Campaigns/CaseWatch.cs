using System.Runtime.InteropServices;
using System.Text;
using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.DryRun.Campaigns;

/// <summary>Watches the decisions go by: which rules decided about whom, who was caught, and since when anybody is enforced upon.</summary>
internal sealed class CaseWatch(string entity) : IDecisionSink
{
    private readonly Dictionary<string, Dictionary<string, long>> _decisions = new(StringComparer.Ordinal);

    /// <summary>By account: time of the first throttle, challenge or suspension; the greatest time for a mere review.</summary>
    public Dictionary<string, long> Caught { get; } = new(StringComparer.Ordinal);

    public void Write(in DecisionRecord record)
    {
        if (record.KeyType == entity) Note(record.KeyId, record.Rule.Name);
        foreach (var response in record.Responses)
        {
            if (response.Outcome != Outcome.CarriedOut || response.Action.Kind != ActionKind.Respond) continue;
            if (response.Action.TargetEntity != entity || !Scoring.Scorer.Catches(response.Action.Verb, out var enforces)) continue;
            var account = Encoding.UTF8.GetString(response.EntityId.Span);
            var since = enforces ? record.Time : long.MaxValue;
            Caught[account] = Math.Min(since, Caught.GetValueOrDefault(account, long.MaxValue));
        }
    }

    public IReadOnlyList<CampaignRule> RulesOf(IReadOnlyList<string> accounts)
    {
        var found = new Dictionary<string, (long Decisions, int Accounts)>(StringComparer.Ordinal);
        foreach (var account in accounts)
        {
            foreach (var (rule, count) in _decisions.GetValueOrDefault(account) ?? [])
            {
                ref var all = ref CollectionsMarshal.GetValueRefOrAddDefault(found, rule, out _);
                all = (all.Decisions + count, all.Accounts + 1);
            }
        }
        return [.. found.Select(f => new CampaignRule(f.Key, f.Value.Decisions, f.Value.Accounts))
            .OrderByDescending(r => r.Accounts).ThenBy(r => r.Rule, StringComparer.Ordinal)];
    }

    private void Note(ReadOnlySpan<byte> key, string rule)
    {
        var account = Encoding.UTF8.GetString(key);
        if (!_decisions.TryGetValue(account, out var rules)) _decisions[account] = rules = new Dictionary<string, long>(StringComparer.Ordinal);
        CollectionsMarshal.GetValueRefOrAddDefault(rules, rule, out _)++;
    }
}
