using System.Globalization;
using System.Text.RegularExpressions;
using PolicyEngine.DryRun.Simulation;

namespace PolicyEngine.Cli.Text;

/// <summary>Campaigns as a command line writes them: `name: accounts=40, exchanges=9000, asks=reasoning, tactics=cards+ticks`.</summary>
internal static partial class CampaignText
{
    private const string Like = "like this: \"D: accounts=40, exchanges=9000, asks=reasoning, tactics=cards+ticks, per-card=8\"";

    private static readonly Dictionary<string, Tactics> KnownTactics =
        Enum.GetValues<Tactics>().ToDictionary(t => t == Tactics.CommonMail ? "common-mail" : t.ToString().ToLowerInvariant());

    private static readonly Dictionary<string, Asks> KnownAsks = Enum.GetValues<Asks>().ToDictionary(a => a.ToString().ToLowerInvariant());

    public static Campaign Read(string text)
    {
        var match = Form().Match(text);
        if (!match.Success) throw Wrong($"`{text}` is no campaign");
        var campaign = new Campaign(match.Groups["name"].Value, 0, 0);
        foreach (var part in match.Groups["rest"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            campaign = With(campaign, part);
        if (campaign is { Accounts: > 0, Exchanges: > 0 }) return campaign;
        throw Wrong($"campaign {campaign.Name} needs accounts and exchanges");
    }

    private static Campaign With(Campaign campaign, string part)
    {
        var (name, value) = part.Split('=', 2, StringSplitOptions.TrimEntries) is [var before, var behind] ? (before, behind) : (part, "");
        return name switch
        {
            "accounts" => campaign with { Accounts = (int)Number(part, value, int.MaxValue) },
            "exchanges" => campaign with { Exchanges = Number(part, value, long.MaxValue) },
            "per-card" => campaign with { AccountsOnCard = (int)Number(part, value, int.MaxValue) },
            "asks" => campaign with { Asks = Known(KnownAsks, value, "a campaign asks for") },
            "tactics" => campaign with { Tactics = TacticsOf(value) },
            _ => throw Wrong($"a campaign has no `{name}`"),
        };
    }

    private static Tactics TacticsOf(string words) =>
        words.Split('+').Aggregate(Tactics.None, (all, word) => all | Known(KnownTactics, word.Trim(), "tactics are"));

    private static long Number(string part, string value, long most) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most
            ? number : throw Wrong($"`{part}` needs a number from 1 on");

    private static T Known<T>(Dictionary<string, T> known, string word, string sentence) =>
        known.TryGetValue(word, out var value) ? value : throw Wrong($"there is no `{word}`; {sentence} {string.Join(", ", known.Keys)}");

    private static CommandFailure Wrong(string message) => new(ExitCode.Usage, message) { Help = Like };

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z][A-Za-z0-9_-]{0,31})\s*:(?<rest>.*)$")]
    private static partial Regex Form();
}
