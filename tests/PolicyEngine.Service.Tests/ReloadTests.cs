using System.Text.Json;

namespace PolicyEngine.Service.Tests;

public sealed class ReloadTests
{
    [Fact]
    public async Task A_broken_pack_leaves_the_old_one_in_force_and_says_why()
    {
        await using var service = await RunningService.Start();
        var before = (await service.Get("v1/status")).GetProperty("pack_hash").GetString();
        await File.WriteAllTextAsync(service.PackFile, RunningService.Pack.Replace("failures_1h >= 3", "failure_1h >= 3", StringComparison.Ordinal));
        var status = await service.Until("v1/status", s => s.GetProperty("last_reload").ValueKind != JsonValueKind.Null);
        Assert.False(status.GetProperty("last_reload").GetProperty("successful").GetBoolean());
        Assert.Contains("payments.policy:13:8: error P2003", status.GetProperty("last_reload").GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, status.GetProperty("pack_hash").GetString());
        await File.WriteAllTextAsync(service.PackFile, RunningService.Pack);
        await service.Until("v1/status", s => s.GetProperty("last_reload").GetProperty("successful").GetBoolean());
    }

    [Fact]
    public async Task A_reload_keeps_what_measures_have_counted()
    {
        await using var service = await RunningService.Start();
        var minute = 0;
        async Task<JsonElement> Fail(int minutes) =>
            await service.Post("v1/evaluate", RunningService.Line($"{minute}", "a", 60 * (minute += minutes)));
        await Fail(0);
        Assert.Equal([("failures_1h", "warming")], States(await service.Get("v1/status")));
        await Fail(59);
        await Fail(2);
        Assert.Equal([("failures_1h", "since_start")], States(await service.Get("v1/status")));
        var changed = RunningService.Pack.Replace(">= 3", ">= 2", StringComparison.Ordinal) + """
            measure failures_2h = count of login where result = "no" per account over 2h
            rule busier
              on login per account
              when failures_2h > 1
              then observe

            """;
        await File.WriteAllTextAsync(service.PackFile, changed);
        var status = await service.Until("v1/status", s => s.GetProperty("reloads").GetInt32() == 1);
        Assert.Equal([("failures_1h", "kept"), ("failures_2h", "warming")], States(status));
        var answer = await Fail(1);
        Assert.Equal("3 failures", Assert.Single(answer.GetProperty("decisions").EnumerateArray()).GetProperty("because").GetString());
        await Fail(119);
        Assert.Equal([("failures_1h", "kept"), ("failures_2h", "complete")], States(await service.Get("v1/status")));
    }

    private static IEnumerable<(string?, string?)> States(JsonElement status) =>
        status.GetProperty("measures").EnumerateArray().Select(m => (m.GetProperty("name").GetString(), m.GetProperty("state").GetString())).Order();

    [Fact]
    public async Task Reloading_under_a_stream_leaves_no_event_unanswered_and_one_pack_to_each_decision()
    {
        const int Requests = 60;
        const int PerRequest = 50;
        await using var service = await RunningService.Start(settings => settings.Lateness = TimeSpan.Zero);
        var hashes = new HashSet<string> { (await service.Get("v1/status")).GetProperty("pack_hash").GetString()! };
        var accepted = 0;
        for (var request = 0; request < Requests; request++)
        {
            if (request % 10 == 5)
            {
                var known = hashes.Count;
                await File.WriteAllTextAsync(service.PackFile, RunningService.Pack.Replace(">= 3", $">= {3 + request}", StringComparison.Ordinal));
                // Some requests go on while the pack is read, and the next change waits until this one is in force.
                var reloaded = service.Until("v1/status", s => hashes.Add(s.GetProperty("pack_hash").GetString()!) || hashes.Count > known);
                accepted += await Send(service, request, PerRequest);
                await reloaded;
            }
            else
            {
                accepted += await Send(service, request, PerRequest);
            }
        }
        Assert.Equal(Requests * PerRequest, accepted);
        Assert.Equal(7, hashes.Count);
        await service.Until("v1/status", s => s.GetProperty("counters").GetProperty("waiting").GetInt32() == 0);
        var decisions = (await service.Get("v1/decisions?limit=1000")).GetProperty("decisions").EnumerateArray().ToList();
        Assert.NotEmpty(decisions);
        Assert.All(decisions, d => Assert.Contains(d.GetProperty("pack_hash").GetString()!, hashes));
        Assert.Equal(decisions.Count, decisions.Select(d => d.GetProperty("id").GetString()).Distinct().Count());
        var counters = (await service.Get("v1/status")).GetProperty("counters");
        Assert.Equal(Requests * PerRequest, counters.GetProperty("events").GetInt32());
        Assert.Equal(Requests * PerRequest, counters.GetProperty("applied").GetInt32());
    }

    private static async Task<int> Send(RunningService service, int request, int events)
    {
        var lines = Enumerable.Range(0, events).Select(i => RunningService.Line($"{request:000}-{i:000}", $"a{i}", request * 20));
        var answer = await service.Post("v1/events", string.Concat(lines));
        Assert.Equal(0, answer.GetProperty("rejected").GetInt32());
        return answer.GetProperty("accepted").GetInt32();
    }
}
