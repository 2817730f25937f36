using System.Globalization;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.DryRun.Campaigns;

namespace PolicyEngine.Cli.Text;

/// <summary>Campaigns for people: one table of all, then a paragraph of facts for each.</summary>
internal sealed class CampaignsView(CampaignsReport report, Palette palette)
{
    private const int ShownRules = 8;

    public void Write(TextWriter writer)
    {
        if (report.Campaigns.Count == 0)
        {
            writer.WriteLine($"No rule of these packs opened a case in {Words.Count(report.Events, "event")} of {report.Recording}.");
            return;
        }
        var table = new Columns(false, true, true, true, true, true, false, false);
        table.Add("campaign", "accounts", report.Activity + "s", "caught", "enforced", "before", "first seen", "last seen");
        foreach (var campaign in report.Campaigns)
            table.Add(campaign.Case, Words.Number(campaign.Accounts), Words.Number(campaign.Events), Words.Number(campaign.Caught),
                Words.Number(campaign.Enforced), Words.Percent(campaign.EventsBeforeEnforcement), Day(campaign.FirstSeen), Day(campaign.LastSeen));
        table.Write(writer);
        foreach (var campaign in report.Campaigns) Write(writer, campaign);
        writer.WriteLine();
        writer.WriteLine("before = share of its events that came before the account was enforced upon");
        writer.WriteLine("Next     run again with --html REPORT.html for timeline and link graph");
    }

    private void Write(TextWriter writer, Campaign campaign)
    {
        writer.WriteLine();
        writer.WriteLine($"{palette.Bold(campaign.Case)}   opened {Moments.Show(campaign.Opened.ToUnixTimeMilliseconds())} by {campaign.OpenedBy}");
        var table = new Columns(false, false);
        Add(table, "after", campaign.Targets.Select(t => $"{t.Field} {t.Value} {Words.Percent(t.Share)} (elsewhere {Words.Percent(t.Elsewhere)})"));
        Add(table, "templates", campaign.Templates.Select(t => $"{t.Value} {Words.Count(t.Events, "event")} of {Words.Count(t.Accounts, "account")}"));
        Add(table, "linked by", campaign.LinkedBy);
        Add(table, "through", campaign.Infrastructure.Select(u => $"{u.Field} {Words.Number(u.Values)}" + MostShared(u)));
        Add(table, "timing", [Timing(campaign.Timing)]);
        Add(table, "releases", campaign.Releases.Select(r => $"{r.Value}: {Words.Percent(r.Share)} of the next day (elsewhere {Words.Percent(r.Elsewhere)})"));
        Add(table, "rules", campaign.Rules.Take(ShownRules).Select(r => $"{r.Rule} {Words.Number(r.Decisions)} on {Words.Count(r.Accounts, "account")}"));
        table.Write(writer, "  ");
    }

    private static string MostShared(FieldUse use) =>
        use.MostShared is [{ Accounts: > 1 } first, ..] ? $", {first.Value} on {Words.Count(first.Accounts, "account")}" : "";

    private static string Timing(CampaignTiming timing)
    {
        var alignment = timing.Alignment.ToString("0.0", CultureInfo.InvariantCulture);
        var all = Math.Max(1, timing.Hours.Sum());
        var quiet = timing.Hours.Count(h => h * 100 < all);
        return $"alignment {alignment} (1 is chance), {Words.Count(quiet, "quiet hour")} a day";
    }

    private static void Add(Columns table, string head, IEnumerable<string> facts)
    {
        foreach (var fact in facts)
        {
            table.Add(head, fact);
            head = "";
        }
    }

    private static string Day(DateTimeOffset? time) => time?.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "–";
}
