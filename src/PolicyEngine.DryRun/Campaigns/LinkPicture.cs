using System.Globalization;
using System.Text;

namespace PolicyEngine.DryRun.Campaigns;

/// <summary>
/// Accounts and the values they share, drawn without chance: the values that most accounts share stand on a ring, every account
/// between the values it bears, spread by the golden angle so that no two cover each other.
/// </summary>
internal static class LinkPicture
{
    private const int Values = 60;
    private const int Accounts = 400;
    private const int Width = 900;
    private const int Height = 620;
    private static readonly string[] Colours = ["#3056d3", "#c2410c", "#15803d", "#7e22ce", "#0e7490", "#a16207"];

    public static string Draw(Campaign campaign)
    {
        var values = campaign.Edges.Select(e => (e.Attribute, e.Value)).Distinct().Take(Values).Select((v, i) => (v, i)).ToDictionary(p => p.v, p => p.i);
        var attributes = values.Keys.Select(v => v.Attribute).Distinct().Order(StringComparer.Ordinal).ToList();
        var accounts = campaign.Edges.Where(e => values.ContainsKey((e.Attribute, e.Value))).GroupBy(e => e.Account).OrderBy(g => g.Key).Take(Accounts)
            .Select(g => g.Select(e => values[(e.Attribute, e.Value)]).ToList()).ToList();
        var places = values.Values.Select(i => OnRing(i, values.Count)).ToList();
        var (lines, dots) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < accounts.Count; i++) DrawAccount(lines, dots, i, accounts[i].ConvertAll(v => places[v]));
        foreach (var ((attribute, value), i) in values)
            DrawValue(dots, places[i], Colours[attributes.IndexOf(attribute) % Colours.Length], $"{attribute} {value}");
        return string.Create(CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\">{lines}{dots}{Legend(attributes)}</svg>\n");
    }

    private static (double X, double Y) OnRing(int index, int count)
    {
        var angle = 2 * Math.PI * index / Math.Max(1, count);
        return (Width / 2.0 + 380 * Math.Cos(angle), Height / 2.0 + 270 * Math.Sin(angle));
    }

    private static void DrawAccount(StringBuilder lines, StringBuilder dots, int index, List<(double X, double Y)> shared)
    {
        const double GoldenAngle = 2.399963;
        var reach = 14 + 5 * Math.Sqrt(index % 97);
        // Towards the middle, so that accounts of one value do not lie on it.
        var x = (shared.Average(s => s.X) * 3 + Width / 2.0) / 4 + reach * Math.Cos(index * GoldenAngle);
        var y = (shared.Average(s => s.Y) * 3 + Height / 2.0) / 4 + reach * Math.Sin(index * GoldenAngle);
        foreach (var value in shared)
            lines.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x:0.#}\" y1=\"{y:0.#}\" x2=\"{value.X:0.#}\" y2=\"{value.Y:0.#}\" stroke=\"var(--line)\"/>");
        dots.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"2.5\" fill=\"var(--dim)\"/>");
    }

    private static void DrawValue(StringBuilder dots, (double X, double Y) place, string colour, string title) => dots.Append(
        CultureInfo.InvariantCulture,
        $"<circle cx=\"{place.X:0.#}\" cy=\"{place.Y:0.#}\" r=\"7\" fill=\"{colour}\"><title>{CampaignPage.Text(title)}</title></circle>");

    private static string Legend(List<string> attributes)
    {
        var legend = new StringBuilder();
        for (var i = 0; i < attributes.Count; i++)
        {
            legend.Append(CultureInfo.InvariantCulture, $"<circle cx=\"12\" cy=\"{14 + i * 18}\" r=\"6\" fill=\"{Colours[i % Colours.Length]}\"/>");
            legend.Append(CultureInfo.InvariantCulture, $"<text x=\"24\" y=\"{18 + i * 18}\" font-size=\"12\" fill=\"var(--ink)\">{CampaignPage.Text(attributes[i])}</text>");
        }
        return legend.ToString();
    }
}
