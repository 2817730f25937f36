using System.Globalization;
using System.Text;
using PolicyEngine.DryRun.Campaigns;
using PolicyEngine.DryRun.Packs;

namespace PolicyEngine.DryRun.Tests;

public sealed class CampaignTests : IDisposable
{
    private const string Schema = """
        pack shop
        entity account
        entity card
        event payment { account: account  card: card  ip: ip  net = subnet(ip, 24) }
        event call { account: account  model: text  task: text?  prompt: text? sensitive  shape = template(prompt) }
        event release { model: text }
        """;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Workspace _files = new();
    private readonly StringBuilder _lines = new();
    private int _id;

    [Fact]
    public void A_campaign_tells_who_after_what_through_what_and_when()
    {
        Traffic();
        var campaign = Assert.Single(Analyse(Case("c1", ["f1", "f2"])).Campaigns);
        Assert.Equal((2, 40L), (campaign.Accounts, campaign.Events));
        Assert.Equal((Start.AddMinutes(1), Start.AddMinutes(1 + 19 * 10)), (campaign.FirstSeen, campaign.LastSeen));
        Assert.Equal(new Dictionary<string, long> { ["call"] = 40, ["payment"] = 2 }, campaign.EventsByType);
        Assert.Contains(new TargetShare("task", "reasoning", 1, 0.25), campaign.Targets);
        Assert.DoesNotContain(campaign.Targets, t => t.Value == "chat");
        Assert.Equal(new ValueUse("k1", 2, 2), campaign.Infrastructure.Single(u => u.Field == "card").MostShared.Single());
        Assert.Equal(new ValueUse("203.0.113.0/24", 2, 2), campaign.Infrastructure.Single(u => u.Field == "net").MostShared.Single());
        Assert.Equal([(40L, 2)], campaign.Templates.Select(t => (t.Events, t.Accounts)));
        Assert.Equal([40L], campaign.PerDay);
        Assert.Equal(6 * 2, campaign.Timing.Hours[0]);
    }

    [Fact]
    public void The_reaction_to_a_release_is_set_beside_everybody_elses()
    {
        Traffic();
        var reaction = Assert.Single(Assert.Single(Analyse(Case("c1", ["f1", "f2"])).Campaigns).Releases);
        Assert.Equal(("release", "m2", 0.95, 0.1), (reaction.Event, reaction.Value, reaction.Share, reaction.Elsewhere));
    }

    [Fact]
    public void Accounts_that_act_in_the_same_seconds_are_aligned_and_strangers_are_not()
    {
        Traffic();
        var report = Analyse(Case("c1", ["f1", "f2"]), Case("c2", ["b1", "b2"]));
        // 20 slots, both there in each; within a block one slot each, so chance would be one in sixty.
        Assert.Equal(20, report.Campaigns[0].Timing.Coincidences);
        Assert.Equal(20 * 2 / 120.0, report.Campaigns[0].Timing.Expected, 4);
        Assert.Equal(0, report.Campaigns[1].Timing.Coincidences);
    }

    [Fact]
    public void What_came_before_an_account_was_enforced_is_counted_and_an_account_never_restrained_counts_whole()
    {
        Traffic();
        var enforced = Case("c1", ["f1", "f2"]) with
        {
            Caught = 1,
            Enforced = new Dictionary<string, long> { ["f1"] = Start.AddMinutes(1 + 5 * 10).ToUnixTimeMilliseconds() },
        };
        var campaign = Assert.Single(Analyse(enforced).Campaigns);
        Assert.Equal((1, 1, (5 + 20) / 40.0), (campaign.Caught, campaign.Enforced, campaign.EventsBeforeEnforcement));
    }

    [Fact]
    public void The_page_stands_alone_and_carries_no_text_of_users_as_markup()
    {
        Traffic();
        var page = CampaignPage.Write(Analyse(Case("<script>alert(1)</script>", ["f1", "f2"])));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.Contains("card k1", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_are_no_events_and_a_recording_without_cases_are_no_trouble()
    {
        _lines.Append("not json\n[1]\n{\"type\":\"call\"}\n");
        var report = Analyse();
        Assert.Equal((0L, 0), (report.Events, report.Campaigns.Count));
    }

    private static CampaignCase Case(string id, string[] accounts) =>
        new(id, "ring", Start.ToUnixTimeMilliseconds(), accounts, ["card"]);

    /// <summary>Two accounts of one card act together every ten minutes after reasoning; two others chat, some seconds or minutes apart.</summary>
    private void Traffic()
    {
        Line("release", Start, "\"model\":\"m2\"");
        foreach (var (account, card, ip) in new[] { ("f1", "k1", "203.0.113.5"), ("f2", "k1", "203.0.113.9"), ("b1", "k2", "198.51.100.1") })
            Line("payment", Start.AddMinutes(1), $"\"account\":\"{account}\",\"card\":\"{card}\",\"ip\":\"{ip}\"");
        for (var i = 0; i < 20; i++)
        {
            var time = Start.AddMinutes(1 + i * 10);
            foreach (var account in new[] { "f1", "f2" })
                Call(account, time, i == 0 ? "m1" : "m2", "reasoning", $"Explain step {i} in full");
            Call("b1", time.AddSeconds(20), i < 2 ? "m2" : "m1", i < 5 ? "reasoning" : "chat", "hello");
            Call("b2", time.AddSeconds(40), i < 2 ? "m2" : "m1", i < 5 ? "reasoning" : "chat", "good day");
        }
    }

    private void Call(string account, DateTimeOffset time, string model, string task, string prompt) =>
        Line("call", time, $"\"account\":\"{account}\",\"model\":\"{model}\",\"task\":\"{task}\",\"prompt\":\"{prompt}\"");

    private void Line(string type, DateTimeOffset time, string fields) => _lines.Append(
        CultureInfo.InvariantCulture, $"{{\"id\":\"e{_id++}\",\"type\":\"{type}\",\"time\":\"{time:yyyy-MM-ddTHH:mm:ss.fffZ}\",{fields}}}\n");

    private CampaignsReport Analyse(params CampaignCase[] cases)
    {
        var pack = _files.Write("shop.policy", Schema);
        var model = PackLoader.Load([pack]).Result.Model!;
        var member = model.Entities.Single(e => e.Name == "account");
        return CampaignAnalysis.Of(model, member, cases, _files.Write("r.ndjson", _lines.ToString()));
    }

    public void Dispose() => _files.Dispose();
}
