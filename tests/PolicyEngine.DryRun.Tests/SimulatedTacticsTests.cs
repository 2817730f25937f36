using System.Buffers;
using System.Text;
using System.Text.Json;
using PolicyEngine.DryRun.Simulation;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.DryRun.Tests;

/// <summary>Each tactic does what it says, and without it nothing of the kind is to be seen.</summary>
public sealed class SimulatedTacticsTests
{
    private const int Accounts = 48;
    private const int OnCard = 8;
    private static readonly DateTimeOffset Release =
        DateTimeOffset.FromUnixTimeMilliseconds(SimulationOptions.UsualStart).AddDays(8).AddHours(14).AddMinutes(24);

    [Fact]
    public void Cards_are_shared_by_as_many_accounts_as_said()
    {
        Assert.All(Cards(Of(Tactics.Cards)), card => Assert.Equal(OnCard, card.Distinct().Count()));
        Assert.All(Cards(Of(Tactics.None)), card => Assert.Single(card.Distinct()));
    }

    [Fact]
    public void Ticks_bring_the_accounts_of_a_card_together_and_looseness_takes_them_apart()
    {
        Assert.InRange(Together(Of(Tactics.Cards | Tactics.Ticks | Tactics.Bursts)), 0.9, 1);
        Assert.InRange(Together(Of(Tactics.Cards | Tactics.Loose | Tactics.Bursts)), 0, 0.3);
        Assert.InRange(Together(Of(Tactics.Cards | Tactics.Bursts)), 0, 0.3);
    }

    [Fact]
    public void Sign_ups_come_in_bursts_or_trickle_in()
    {
        Assert.All(Spans(Of(Tactics.Cards | Tactics.Bursts), "signup"), span => Assert.InRange(span, TimeSpan.Zero, TimeSpan.FromMinutes(40)));
        Assert.InRange(Spans(Of(Tactics.Cards), "signup").Max(), TimeSpan.FromDays(1), TimeSpan.FromDays(14));
    }

    [Fact]
    public void Accounts_that_are_found_out_are_replaced_by_others_of_the_same_card()
    {
        var events = Of(Tactics.Cards | Tactics.Replacement | Tactics.Bursts);
        var lives = Exchanges(events).GroupBy(Account).Select(a => Time(a.Last()) - Time(a.First())).ToList();
        Assert.InRange(lives.Average(l => l.TotalDays), 1, 6);
        Assert.All(Exchanges(events).GroupBy(Account), a => Assert.Equal(403, a.Last().GetProperty("status").GetInt32()));
        Assert.All(Spans(events, "signup"), span => Assert.InRange(span, TimeSpan.FromDays(6), TimeSpan.FromDays(14)));
        Assert.DoesNotContain(Exchanges(Of(Tactics.Cards)), e => e.GetProperty("status").GetInt32() == 403);
    }

    [Fact]
    public void Half_of_a_pivoting_campaign_moves_within_a_day_of_the_release()
    {
        Assert.Equal(Release, Time(Of(Tactics.None).Single(e => Text(e, "type") == "model_release")));
        Assert.InRange(OnNewModel(Of(Tactics.Pivot)), 0.35, 0.65);
        Assert.InRange(OnNewModel(Of(Tactics.None)), 0, 0.1);
        Assert.DoesNotContain(Exchanges(Of(Tactics.Pivot)), e => Time(e) < Release && Text(e, "model") == "large-5");
    }

    [Fact]
    public void Cover_is_what_other_people_ask()
    {
        Assert.InRange(Unrelated(Of(Tactics.Cover)), 0.15, 0.4);
        Assert.Equal(0, Unrelated(Of(Tactics.None)));
    }

    [Fact]
    public void Rotation_gives_an_account_many_addresses_and_scattering_gives_each_its_own_network()
    {
        Assert.InRange(AddressesOfAccount(Of(Tactics.None)), 1, 2);
        Assert.InRange(AddressesOfAccount(Of(Tactics.Rotation)), 10, 40);
        Assert.InRange(NetworksOfAddress(Of(Tactics.Rotation)), 0, 0.5);
        Assert.InRange(NetworksOfAddress(Of(Tactics.Rotation | Tactics.Scattered)), 0.75, 1);
    }

    [Fact]
    public void Mail_is_common_and_accounts_are_aged_only_where_that_is_a_tactic()
    {
        string[] throwaway = ["mailinator.com", "yopmail.com", "guerrillamail.com", "sharklasers.com", "temp-mail.org"];
        Assert.Contains(Mails(Of(Tactics.None)), m => throwaway.Contains(m));
        Assert.DoesNotContain(Mails(Of(Tactics.CommonMail)), m => throwaway.Contains(m) || m.EndsWith(".example", StringComparison.Ordinal));
        Assert.Equal(Accounts, Mails(Of(Tactics.None)).Count);
        Assert.InRange(Mails(Of(Tactics.Aged)).Count, Accounts / 4, Accounts * 3 / 4);
    }

    [Fact]
    public void Teams_that_measure_models_send_the_prompts_of_a_campaign_after_reasoning()
    {
        var campaign = Shapes(Events(new SimulationOptions { Campaigns = PresetCampaigns.Of(Preset.AOnly, 0.004) }));
        var others = Shapes(Events(new SimulationOptions { BenignAccounts = 400, BenignExchanges = 20_000 }));
        Assert.InRange(campaign.Count(others.Contains), 20, campaign.Count);
    }

    [Fact]
    public void Presets_differ_as_they_say()
    {
        Assert.Empty(PresetCampaigns.Of(Preset.None, 1));
        Assert.Equal(["A"], PresetCampaigns.Of(Preset.AOnly, 1).Select(c => c.Name));
        foreach (var preset in (Preset[])[Preset.Reported, Preset.Evasive, Preset.Slow])
        {
            Assert.Equal(24_000, PresetCampaigns.Of(preset, 1).Sum(c => c.Accounts));
            Assert.Equal(16_000_000, PresetCampaigns.Of(preset, 1).Sum(c => c.Exchanges));
        }
        foreach (var (reported, evasive) in PresetCampaigns.Of(Preset.Reported, 1).Zip(PresetCampaigns.Of(Preset.Evasive, 1)))
        {
            Assert.True(evasive.AccountsOnCard < reported.AccountsOnCard);
            Assert.All((Tactics[])[Tactics.Scattered, Tactics.CommonMail, Tactics.Aged, Tactics.Cover], t => Assert.True(evasive.Tactics.HasFlag(t)));
        }
        Assert.All(PresetCampaigns.Of(Preset.Slow, 1), c => Assert.True(c.Tactics.HasFlag(Tactics.Loose) && (c.Tactics & (Tactics.Ticks | Tactics.Bursts)) == 0));
    }

    private static List<JsonElement> Of(Tactics tactics) =>
        Events(new SimulationOptions { Seed = 5, Campaigns = [new Campaign("X", Accounts, Accounts * 150) { AccountsOnCard = OnCard, Tactics = tactics }] });

    private static List<JsonElement> Events(SimulationOptions options)
    {
        var simulator = new Simulator(options);
        var buffer = new ArrayBufferWriter<byte>();
        while (simulator.Write(buffer, 50_000) > 0)
        {
        }
        return [.. Encoding.UTF8.GetString(buffer.WrittenSpan).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }

    /// <summary>The accounts of each card, by first payments.</summary>
    private static IEnumerable<IEnumerable<string>> Cards(IEnumerable<JsonElement> events) =>
        events.Where(e => Text(e, "type") == "payment" && Text(e, "result") == "ok").GroupBy(e => Text(e, "card"), Account);

    /// <summary>The share of exchanges with one of another account of the card not two seconds away.</summary>
    private static double Together(List<JsonElement> events)
    {
        var (near, all) = (0, 0);
        foreach (var card in Cards(events))
        {
            var members = card.ToHashSet();
            var exchanges = Exchanges(events).Where(e => members.Contains(Account(e))).ToList();
            for (var i = 1; i < exchanges.Count - 1; i++)
            {
                all++;
                bool IsNear(JsonElement other) => Account(other) != Account(exchanges[i]) && (Time(other) - Time(exchanges[i])).Duration() < TimeSpan.FromSeconds(2);
                if (IsNear(exchanges[i - 1]) || IsNear(exchanges[i + 1])) near++;
            }
        }
        return (double)near / all;
    }

    /// <summary>From the first to the last event of a type, card by card.</summary>
    private static IEnumerable<TimeSpan> Spans(List<JsonElement> events, string type) => Cards(events).Select(card =>
    {
        var members = card.ToHashSet();
        var own = events.Where(e => Text(e, "type") == type && members.Contains(Account(e))).ToList();
        return Time(own[^1]) - Time(own[0]);
    });

    private static double OnNewModel(IEnumerable<JsonElement> events) =>
        Share(Exchanges(events).Where(e => Time(e) >= Release.AddDays(1)), e => Text(e, "model") == "large-5");

    private static double Unrelated(IEnumerable<JsonElement> events) =>
        Share(Exchanges(events), e => Text(e, "task") is "chat" or "writing" or "search" or "translation");

    private static double AddressesOfAccount(IEnumerable<JsonElement> events) =>
        Exchanges(events).GroupBy(Account).Average(a => a.Select(e => Text(e, "ip")).Distinct().Count());

    private static double NetworksOfAddress(IEnumerable<JsonElement> events)
    {
        var addresses = Exchanges(events).Select(e => Text(e, "ip")).Distinct().ToList();
        return (double)addresses.Select(a => a[..a.LastIndexOf('.')]).Distinct().Count() / addresses.Count;
    }

    private static List<string> Mails(IEnumerable<JsonElement> events) =>
        [.. events.Where(e => Text(e, "type") == "signup").Select(e => Text(e, "email_domain"))];

    private static HashSet<ulong> Shapes(IEnumerable<JsonElement> events) =>
        [.. Exchanges(events).Where(e => Text(e, "task") == "reasoning").Select(e => Template.Fingerprint(Encoding.UTF8.GetBytes(Text(e, "prompt"))))];

    private static double Share(IEnumerable<JsonElement> events, Func<JsonElement, bool> counts)
    {
        var all = events.ToList();
        return (double)all.Count(counts) / all.Count;
    }

    private static IEnumerable<JsonElement> Exchanges(IEnumerable<JsonElement> events) => events.Where(e => Text(e, "type") == "exchange");

    private static string Account(JsonElement element) => Text(element, "account");

    private static DateTimeOffset Time(JsonElement element) => element.GetProperty("time").GetDateTimeOffset();

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
