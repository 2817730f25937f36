using System.Globalization;
using System.Net;
using System.Text;

namespace PolicyEngine.DryRun.Campaigns;

/// <summary>The report as one page of HTML that needs nothing beside it: no scripts, no fonts, no network.</summary>
public static class CampaignPage
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1c2430;--dim:#667085;--line:#d9dee7;--paper:#fff;--accent:#3056d3;--warm:#c2410c}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e9ef;--dim:#98a2b3;--line:#344054;--paper:#101620;--accent:#8aa4ff;--warm:#fb923c}}
        body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:2rem auto;max-width:64rem;padding:0 1rem}
        h1{font-size:1.5rem;margin:0}h2{font-size:1.2rem;margin:2.5rem 0 .3rem;border-top:1px solid var(--line);padding-top:1.5rem}
        h3{font-size:.95rem;margin:1.2rem 0 .3rem}p{margin:.2rem 0}.dim{color:var(--dim)}
        dl{display:flex;flex-wrap:wrap;gap:.4rem 2rem;margin:.8rem 0}dt{color:var(--dim);font-size:.8rem}dd{margin:0;font-size:1.25rem;font-variant-numeric:tabular-nums}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.2rem 0}td,th{padding:.15rem .9rem .15rem 0;text-align:left;font-weight:400}
        th{color:var(--dim);font-size:.8rem}td.n,th.n{text-align:right}svg{max-width:100%;height:auto;display:block}
        .two{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:0 2rem}details{margin:.6rem 0}code{font-size:.85rem;overflow-wrap:anywhere}
        """;

    public static string Write(CampaignsReport report)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Campaigns</title><style>")
            .Append(Style).Append("</style>\n<h1>Campaigns</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"dim\">{Count(report.Events)} events of {Text(report.Recording)}, pack {Text(report.PackHash[..Math.Min(8, report.PackHash.Length)])}. Nothing was enforced and nobody was notified.</p>\n");
        if (report.Campaigns.Count == 0) page.Append("<p>No rule opened a case.</p>\n");
        foreach (var campaign in report.Campaigns) Write(page, campaign, report.Activity);
        return page.Append("</html>\n").ToString();
    }

    private static void Write(StringBuilder page, Campaign campaign, string activity)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(campaign.Case)}</h2><p class=\"dim\">opened {Moment(campaign.Opened)} by {Text(campaign.OpenedBy)}</p>\n<dl>");
        Figure(page, "accounts", Count(campaign.Accounts));
        Figure(page, activity + " events", Count(campaign.Events));
        Figure(page, "caught", Count(campaign.Caught));
        Figure(page, "enforced", Count(campaign.Enforced));
        Figure(page, "events before enforcement", Percent(campaign.EventsBeforeEnforcement));
        Figure(page, "first seen", campaign.FirstSeen is { } first ? Moment(first) : "–");
        Figure(page, "last seen", campaign.LastSeen is { } last ? Moment(last) : "–");
        Figure(page, "alignment", campaign.Timing.Alignment.ToString("0.0", CultureInfo.InvariantCulture));
        page.Append("</dl>\n<h3>Events a day</h3>").Append(Bars(campaign.PerDay, 60, 900, 120));
        page.Append("<h3>Hour of the day, UTC</h3>").Append(Bars(campaign.Timing.Hours, 24, 900, 70));
        if (campaign.Edges.Count > 0)
            page.Append("<h3>Who shares what</h3><p class=\"dim\">Large dots are shared values, small ones accounts.</p>").Append(LinkPicture.Draw(campaign));
        page.Append("<div class=\"two\">");
        Table(page, "What it is after", ["", "here", "elsewhere"], campaign.Targets.Select(t => (string[])[$"{t.Field} {t.Value}", Percent(t.Share), Percent(t.Elsewhere)]));
        Table(page, "Linked by", [""], campaign.LinkedBy.Select(r => (string[])[r]));
        Table(page, "Templates most used", ["", "events", "accounts"], campaign.Templates.Select(Row));
        foreach (var use in campaign.Infrastructure)
            Table(page, $"{use.Field}: {Count(use.Values)}", ["most shared", "events", "accounts"], use.MostShared.Select(Row));
        Table(page, "After a release, within a day", ["", "here", "elsewhere"], campaign.Releases.Select(r => (string[])[$"{r.Event} {r.Value}, {Moment(r.Time)}", Percent(r.Share), Percent(r.Elsewhere)]));
        Table(page, "Rules that decided", ["", "decisions", "accounts"], campaign.Rules.Select(r => (string[])[r.Rule, Count(r.Decisions), Count(r.Accounts)]));
        page.Append(CultureInfo.InvariantCulture, $"</div><details><summary>The {Count(campaign.Members.Count)} accounts</summary><code>{Text(string.Join(' ', campaign.Members))}</code></details>\n");
    }

    private static string[] Row(ValueUse use) => [use.Value, Count(use.Events), Count(use.Accounts)];

    private static void Figure(StringBuilder page, string name, string value) =>
        page.Append(CultureInfo.InvariantCulture, $"<div><dt>{Text(name)}</dt><dd>{Text(value)}</dd></div>");

    private static void Table(StringBuilder page, string title, string[] heads, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0) return;
        page.Append(CultureInfo.InvariantCulture, $"<div><h3>{Text(title)}</h3><table><tr>");
        foreach (var (head, i) in heads.Select((h, i) => (h, i))) page.Append(i == 0 ? "<th>" : "<th class=\"n\">").Append(Text(head)).Append("</th>");
        page.Append("</tr>");
        foreach (var row in all)
        {
            page.Append("<tr>");
            foreach (var (cell, i) in row.Select((c, i) => (c, i))) page.Append(i == 0 ? "<td>" : "<td class=\"n\">").Append(Text(cell)).Append("</td>");
            page.Append("</tr>");
        }
        page.Append("</table></div>");
    }

    private static string Bars(IReadOnlyList<long> values, int least, int width, int height)
    {
        var most = Math.Max(1, values.DefaultIfEmpty().Max());
        var step = (double)width / Math.Max(Math.Min(least, 24), values.Count);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {width} {height + 16}\" role=\"img\">");
        for (var i = 0; i < values.Count; i++)
        {
            var bar = values[i] * (double)height / most;
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{i * step:0.#}\" y=\"{height - bar:0.#}\" width=\"{step - 1:0.#}\" height=\"{bar:0.#}\" fill=\"var(--accent)\"><title>{i}: {values[i]}</title></rect>");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"0\" y1=\"{height}\" x2=\"{width}\" y2=\"{height}\" stroke=\"var(--line)\"/><text x=\"0\" y=\"{height + 13}\" font-size=\"11\" fill=\"var(--dim)\">most: {most}</text></svg>\n");
        return svg.ToString();
    }

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static string Moment(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + "Z";
}
