using System.Globalization;

namespace PolicyEngine.DryRun.Campaigns;

/// <summary>Turns what was counted into what an analyst asks: who, after what, through what, when, and how it was met.</summary>
internal sealed class CampaignSummary(ActivityFields fields, ActivityPass pass)
{
    private const int ShownValues = 5;
    private const int ShownTargets = 6;
    private const int ShownEdges = 4000;
    private const int MaximumTargetValues = 200;
    private const double LeastDifference = 0.05;

    public CampaignsReport Write(string recording) => new()
    {
        Recording = recording,
        Events = pass.Events,
        Activity = pass.MainType < 0 ? "" : pass.Types[pass.MainType],
        Campaigns = [.. pass.Campaigns.Select(Write).OrderByDescending(c => c.Accounts).ThenBy(c => c.Case, StringComparer.Ordinal)],
    };

    private Campaign Write(CampaignActivity campaign)
    {
        var opened = campaign.Case;
        var all = campaign.EventsOfAccount.Values.Sum(e => e.All);
        return new Campaign
        {
            Case = opened.Id,
            OpenedBy = opened.Rule,
            Opened = Moment(opened.Opened),
            Accounts = opened.Accounts.Count,
            Events = all,
            FirstSeen = campaign.First == long.MaxValue ? null : Moment(campaign.First),
            LastSeen = campaign.First == long.MaxValue ? null : Moment(campaign.Last),
            Caught = opened.Caught,
            Enforced = opened.Enforced.Count,
            EventsBeforeEnforcement = all == 0 ? 0 : Rounded((double)campaign.EventsOfAccount.Values.Sum(e => e.Before) / all),
            EventsByType = campaign.Activity.EventsByType.OrderByDescending(t => t.Value).ThenBy(t => pass.Types[t.Key], StringComparer.Ordinal)
                .ToDictionary(t => pass.Types[t.Key], t => t.Value),
            Targets = Targets(campaign),
            Templates = [.. Used(campaign, FieldRole.Template).SelectMany(f => f.MostShared).Take(ShownValues)],
            LinkedBy = [.. opened.Reasons.Select(r => Tied(campaign, r))],
            Infrastructure = Used(campaign, FieldRole.Infrastructure),
            Timing = new CampaignTiming(
                Rounded(campaign.Timing.Alignment), campaign.Timing.Coincidences, Rounded(campaign.Timing.Expected), campaign.Hours),
            Releases = [.. pass.References.Select((r, i) => React(campaign, r, i)).Where(r => r.Share + r.Elsewhere > 0)],
            Rules = opened.Rules,
            PerDay = campaign.PerDay,
            Members = [.. opened.Accounts.Order(StringComparer.Ordinal)],
            Edges = Edges(campaign),
        };
    }

    private List<TargetShare> Targets(CampaignActivity campaign)
    {
        var found = new List<TargetShare>();
        for (var field = 0; field < fields.All.Count; field++)
        {
            if (fields.All[field].Role != FieldRole.Target) continue;
            var here = campaign.Activity.Values.Where(v => v.Key.Field == field).ToList();
            var there = pass.Elsewhere.Values.Where(v => v.Key.Field == field).ToList();
            if (here.Count + there.Count > MaximumTargetValues) continue;
            var (sumHere, sumThere) = (here.Sum(v => v.Value), there.Sum(v => v.Value));
            found.AddRange(here.Select(v => new TargetShare(
                fields.All[field].Name, pass.Values[v.Key.Value], Rounded((double)v.Value / sumHere),
                sumThere == 0 ? 0 : Rounded((double)pass.Elsewhere.Of(field, v.Key.Value) / sumThere))));
        }
        return [.. found.Where(t => t.Share - t.Elsewhere >= LeastDifference).OrderByDescending(t => t.Share - t.Elsewhere)
            .ThenBy(t => t.Field, StringComparer.Ordinal).ThenBy(t => t.Value, StringComparer.Ordinal).Take(ShownTargets)];
    }

    private List<FieldUse> Used(CampaignActivity campaign, FieldRole role)
    {
        var uses = new List<FieldUse>();
        for (var field = 0; field < fields.All.Count; field++)
        {
            if (fields.All[field].Role != role) continue;
            var values = campaign.Bearers.Where(b => b.Key.Field == field).ToList();
            if (values.Count == 0) continue;
            uses.Add(new FieldUse(fields.All[field].Name, values.Count,
            [
                .. values.Select(b => new ValueUse(pass.Values[b.Key.Value], campaign.Activity.Of(field, b.Key.Value), b.Value.Count))
                    .OrderByDescending(v => v.Accounts).ThenByDescending(v => v.Events).ThenBy(v => v.Value, StringComparer.Ordinal).Take(ShownValues),
            ]));
        }
        return uses;
    }

    private ReleaseReaction React(CampaignActivity campaign, (int Type, long Time, int Field, int Value) reference, int index) => new(
        pass.Types[reference.Type], pass.Values[reference.Value], Moment(reference.Time), Rounded(campaign.Activity.ShareAfter(index)),
        Rounded(pass.Elsewhere.ShareAfter(index)));

    /// <summary>How many values of a way two or more accounts bear, and how many accounts that ties; a composite way as it is written.</summary>
    private string Tied(CampaignActivity campaign, string way)
    {
        var field = fields.All.ToList().FindIndex(f => f.Name == way);
        if (field < 0) return way;
        var shared = campaign.Bearers.Where(b => b.Key.Field == field && b.Value.Count > 1).ToList();
        var accounts = shared.SelectMany(b => b.Value).Distinct().Count();
        return string.Create(CultureInfo.InvariantCulture, $"{way}: {shared.Count} shared values tie {accounts} accounts");
    }

    /// <summary>Values that tie: those of the ways that hold the case together, borne by two or more.</summary>
    private List<LinkEdge> Edges(CampaignActivity campaign)
    {
        bool Ties(int field) => campaign.Case.Reasons.Contains(fields.All[field].Name);
        return [.. campaign.Bearers.Where(b => b.Value.Count > 1 && Ties(b.Key.Field))
            .OrderByDescending(b => b.Value.Count).ThenBy(b => b.Key)
            .SelectMany(b => b.Value.Order().Select(a => new LinkEdge(a, fields.All[b.Key.Field].Name, pass.Values[b.Key.Value])))
            .Take(ShownEdges)];
    }

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static double Rounded(double value) => Math.Round(value, 4);
}
