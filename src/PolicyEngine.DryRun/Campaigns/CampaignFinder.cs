using PolicyEngine.Language.Model;
using PolicyEngine.Runtime;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.DryRun.Campaigns;

/// <summary>Replays a recording, takes the cases that its rules open as campaigns, and goes over it once more to see what they did.</summary>
public sealed class CampaignFinder(PolicyModel model, Plan plan)
{
    /// <param name="path">The recording, plain or packed.</param>
    /// <param name="least">Campaigns of fewer accounts are left out.</param>
    /// <param name="options">How to replay; decisions and labels are not asked for.</param>
    /// <exception cref="InputException">The recording cannot be read.</exception>
    public CampaignsReport Find(
        string path, int least, DryRunOptions options, Action<DryRunProgress>? progress = null, CancellationToken stop = default)
    {
        if (model.Links.FirstOrDefault() is not { } link) return new CampaignsReport { Recording = path, PackHash = plan.Hash, Events = 0, Activity = "", Campaigns = [] };
        var watch = new CaseWatch(link.Entity.Name);
        IReadOnlyList<CaseFacts> cases = [];
        var runner = new DryRunner(plan, options with { Watch = watch, AtEnd = engine => cases = engine.Cases });
        runner.Run(path, progress, stop);
        var campaigns = cases.Where(c => c.MergedInto is null && c.Members.Count >= least).Select(c => Describe(c, watch)).ToList();
        return CampaignAnalysis.Of(model, link.Entity, campaigns, path, progress, stop) with { PackHash = plan.Hash };
    }

    private CampaignCase Describe(CaseFacts facts, CaseWatch watch)
    {
        var caught = facts.Members.Where(watch.Caught.ContainsKey).ToList();
        return new CampaignCase(facts.Id, facts.Rule, facts.Opened, facts.Members, [.. model.Links.First(l => l.Name == facts.Link).Ways.Select(w => w.Text)])
        {
            Caught = caught.Count,
            Enforced = caught.Where(a => watch.Caught[a] < long.MaxValue).ToDictionary(a => a, a => watch.Caught[a]),
            Rules = watch.RulesOf(facts.Members),
        };
    }
}
