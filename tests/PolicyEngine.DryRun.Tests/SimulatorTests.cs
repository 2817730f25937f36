using System.Buffers;
using System.Text;
using System.Text.Json;
using PolicyEngine.Compiler;
using PolicyEngine.DryRun.Simulation;
using PolicyEngine.Runtime;
using PolicyEngine.Storage.Sinks;

namespace PolicyEngine.DryRun.Tests;

public sealed class SimulatorTests
{
    private static readonly SimulationOptions Small = SimulationOptions.Of(Preset.Reported, 0.001);

    [Fact]
    public void The_same_options_give_the_same_bytes_and_others_give_others()
    {
        Assert.Equal(Bytes(Small), Bytes(Small));
        Assert.NotEqual(Bytes(Small), Bytes(Small with { Seed = 2 }));
        Assert.NotEqual(Bytes(Small), Bytes(Small with { Days = 13 }));
    }

    [Fact]
    public void The_bytes_are_those_of_every_other_machine()
    {
        // Whoever changes the simulation changes this number; a machine never does.
        var bytes = Bytes(Small);
        Assert.Equal("7929586ed379d9e6", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))[..16]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(777)]
    [InlineData(100_000)]
    public void How_many_are_taken_at_once_changes_nothing(int most)
    {
        var simulator = new Simulator(Small);
        var all = new MemoryStream();
        var buffer = new ArrayBufferWriter<byte>();
        for (long written; (written = simulator.Write(buffer, most)) > 0; buffer.Clear())
        {
            Assert.InRange(written, 1, most);
            all.Write(buffer.WrittenSpan);
        }
        Assert.Equal(Bytes(Small), all.ToArray());
    }

    [Theory]
    [InlineData(Preset.Reported)]
    [InlineData(Preset.Evasive)]
    [InlineData(Preset.Slow)]
    [InlineData(Preset.None)]
    public void The_packs_accept_every_event(Preset preset)
    {
        var rejections = new List<Rejection>();
        var plan = PlanCompiler.Compile(ShippedPacksTests.Platform().Model!);
        using var engine = new Engine(plan, new EngineOptions(), NullSink.Instance, rejections.Add);
        var simulator = new Simulator(SimulationOptions.Of(preset, 0.001));
        var source = engine.AddSource(new SourceOptions("made", SourceMode.Ordered));
        var buffer = new ArrayBufferWriter<byte>();
        for (; simulator.Write(buffer, 10_000) > 0; buffer.Clear()) engine.Append(source, buffer.WrittenMemory, isLast: false);
        engine.Append(source, ReadOnlyMemory<byte>.Empty, isLast: true);
        engine.Finish();
        Assert.Empty(rejections);
        Assert.Equal((simulator.Events, 0L, 0L), (engine.Counters.Applied, engine.Counters.Late, engine.Counters.Duplicates));
    }

    [Fact]
    public void Events_stand_in_order_of_time_within_the_days_asked_for_and_have_different_ids()
    {
        var events = Events(Small with { Days = 3, Start = SimulationOptions.UsualStart + 3_660_000 });
        var times = events.Select(e => e.GetProperty("time").GetDateTimeOffset()).ToList();
        Assert.Equal(times.Order(), times);
        var start = DateTimeOffset.FromUnixTimeMilliseconds(SimulationOptions.UsualStart).AddMinutes(61);
        Assert.InRange(times[0], start, start.AddHours(3));
        Assert.InRange(times[^1], start.AddHours(69), start.AddDays(3).AddMilliseconds(-1));
        Assert.Equal(events.Count, events.Select(e => e.GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public void An_account_signs_up_before_it_asks_and_its_key_is_made_before_it_is_used()
    {
        foreach (var account in Events(Small).Where(e => e.TryGetProperty("account", out _)).GroupBy(e => Text(e, "account")))
        {
            var kinds = account.Select(e => Text(e, "type")).ToList();
            Assert.True(kinds.LastIndexOf("signup") <= 0, account.Key);
            if (kinds[0] == "signup" && account.Any(e => e.TryGetProperty("api_key", out _)))
                Assert.True(kinds.IndexOf("key_created") < kinds.IndexOf("exchange"), account.Key);
        }
    }

    [Fact]
    public void Accounts_and_exchanges_are_those_of_the_reported_proportions()
    {
        const double Scale = 0.004;
        var options = SimulationOptions.Of(Preset.Reported, Scale);
        var simulator = Run(options, out _);
        var cohorts = simulator.Cohorts();
        Assert.Equal(96, cohorts.Where(c => c.IsFraud).Sum(c => c.Accounts), 2.0);
        Assert.Equal(800, cohorts.Where(c => !c.IsFraud).Sum(c => c.Accounts));
        foreach (var (name, reported) in ((string, double)[])[("A", 150_000), ("B", 3_400_000), ("C", 12_450_000)])
            Assert.InRange(cohorts.Single(c => c.Name == name).Exchanges / (reported * Scale), 0.99, 1);
        Assert.InRange(cohorts.Where(c => !c.IsFraud).Sum(c => c.Exchanges) / (24_000_000 * Scale), 0.99, 1);
        Assert.Equal(simulator.Events, 1 + cohorts.Sum(c => c.Exchanges + c.OtherEvents));
    }

    [Fact]
    public void The_truth_names_every_account_that_acts_and_no_other()
    {
        var simulator = Run(Small, out var bytes);
        var truth = new StringWriter();
        simulator.WriteTruth(truth);
        using var files = new Workspace();
        var read = Scoring.Truth.Read(files.Write("truth.csv", truth.ToString()));
        Assert.Equal(("account", "cohort"), (read.KeyName, Assert.Single(read.CohortColumns)));
        Assert.Equal(read.Rows.Keys.Order(), Lines(bytes).Select(e => Text(e, "account")).OfType<string>().Distinct().Order());
        Assert.Equal(["A", "B", "C"], read.Rows.Values.Where(r => r.IsBad).Select(r => r.Cohorts[0]).Distinct().Order());
        Assert.Contains(read.Rows.Values, r => r is { IsBad: false, Cohorts: ["evaluation"] });
    }

    [Fact]
    public void An_id_is_never_given_twice_nor_tells_the_order_of_the_accounts()
    {
        var names = new Names(3);
        var ids = Enumerable.Range(0, 200_000).Select(names.Account).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.InRange(ids.Zip(ids.Skip(1)).Count(p => p.First < p.Second), 60_000, 140_000);
    }

    private static Simulator Run(SimulationOptions options, out byte[] bytes)
    {
        var simulator = new Simulator(options);
        var buffer = new ArrayBufferWriter<byte>();
        while (simulator.Write(buffer, 50_000) > 0)
        {
        }
        bytes = buffer.WrittenSpan.ToArray();
        return simulator;
    }

    private static byte[] Bytes(SimulationOptions options)
    {
        Run(options, out var bytes);
        return bytes;
    }

    private static List<JsonElement> Events(SimulationOptions options) => Lines(Bytes(options));

    private static List<JsonElement> Lines(byte[] bytes) =>
        [.. Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
