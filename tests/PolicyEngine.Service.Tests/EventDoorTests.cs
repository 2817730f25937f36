using System.Net;
using System.Text.Json;

namespace PolicyEngine.Service.Tests;

public sealed class EventDoorTests
{
    [Fact]
    public async Task Lines_are_answered_one_by_one_and_decided_once_the_clock_has_gone_on()
    {
        await using var service = await RunningService.Start();
        var answer = await service.Post("v1/events", RunningService.Line("1", "a", 0) + "{\"id\":\"x\"}\n\n" + RunningService.Line("2", "a", 1) + RunningService.Line("3", "a", 2).TrimEnd());
        Assert.Equal((3, 1), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32()));
        var rejection = Assert.Single(answer.GetProperty("rejections").EnumerateArray());
        Assert.Equal(2, rejection.GetProperty("line").GetInt32());
        var page = await service.Until("v1/decisions", p => p.GetProperty("decisions").GetArrayLength() == 1);
        var decision = page.GetProperty("decisions")[0];
        Assert.Equal(("failing", "a", "3"), (decision.GetProperty("rule").GetString(), decision.GetProperty("key").GetProperty("id").GetString(), decision.GetProperty("event").GetString()));
        var again = await service.Get($"v1/decisions/{decision.GetProperty("id").GetString()}");
        Assert.Equal(decision.GetRawText(), again.GetRawText());
    }

    [Fact]
    public async Task An_array_is_taken_as_lines_are()
    {
        await using var service = await RunningService.Start();
        var events = string.Join(",\n", Enumerable.Range(0, 3).Select(i => RunningService.Line($"{i}", "a", i).Trim().Replace(",", ",\n ", StringComparison.Ordinal)));
        var answer = await service.Post("v1/events", $"  [{events}, 5]");
        Assert.Equal((3, 1), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32()));
        Assert.Equal(4, answer.GetProperty("rejections")[0].GetProperty("line").GetInt32());
        var broken = await service.Post("v1/events", "[{\"id\":1");
        Assert.Equal(("bad_request", 400), (broken.GetProperty("code").GetString(), broken.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task A_line_too_long_costs_that_line_only()
    {
        await using var service = await RunningService.Start(settings => settings.LineBytes = 1000);
        var body = RunningService.Line("1", "a", 0) + "{\"id\":\"" + new string('x', 700_000) + "\"}\n" + RunningService.Line("2", "a", 1);
        var answer = await service.Post("v1/events", body);
        Assert.Equal((2, 1), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32()));
        Assert.Equal((2, "too_long"), (answer.GetProperty("rejections")[0].GetProperty("line").GetInt32(), answer.GetProperty("rejections")[0].GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_as_a_problem()
    {
        await using var service = await RunningService.Start(settings => settings.ArrayBytes = 2000);
        var problem = await service.Post("v1/events", "[" + new string(' ', 3000) + "]");
        Assert.Equal(("too_large", 413), (problem.GetProperty("code").GetString(), problem.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task One_event_is_judged_at_once_with_its_decisions_in_the_answer()
    {
        await using var service = await RunningService.Start();
        for (var i = 0; i < 2; i++)
            Assert.Equal(0, (await service.Post("v1/evaluate", RunningService.Line($"{i}", "a", i))).GetProperty("decisions").GetArrayLength());
        var answer = await service.Post("v1/evaluate", RunningService.Line("2", "a", 2).Replace(",", ",\n", StringComparison.Ordinal));
        Assert.Equal("2", Assert.Single(answer.GetProperty("decisions").EnumerateArray()).GetProperty("event").GetString());
        var refused = await service.Post("v1/evaluate", "{\"id\":\"9\"}");
        Assert.Equal(422, refused.GetProperty("status").GetInt32());
        Assert.Equal("bad_request", (await service.Post("v1/evaluate", " ")).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Decisions_come_page_by_page()
    {
        await using var service = await RunningService.Start();
        await service.Post("v1/events", string.Concat(Enumerable.Range(0, 21).Select(i => RunningService.Line($"{i:00}", $"a{i % 7}", i))));
        await service.Until("v1/decisions", p => p.GetProperty("decisions").GetArrayLength() == 7);
        var (keys, cursor) = (new List<string>(), "");
        do
        {
            var page = await service.Get("v1/decisions?limit=3" + cursor);
            keys.AddRange(page.GetProperty("decisions").EnumerateArray().Select(d => d.GetProperty("key").GetProperty("id").GetString()!));
            cursor = page.GetProperty("next").GetString() is { } next ? "&cursor=" + next : "";
        }
        while (cursor.Length > 0);
        Assert.Equal(["a6", "a5", "a4", "a3", "a2", "a1", "a0"], keys);
        Assert.Single((await service.Get("v1/decisions?key=a3")).GetProperty("decisions").EnumerateArray());
    }

    [Theory]
    [InlineData("v1/decisions?limit=0", 400, "bad_request")]
    [InlineData("v1/decisions?since=soon", 400, "bad_request")]
    [InlineData("v1/decisions?cursor=*", 400, "bad_request")]
    [InlineData("v1/decisions/d_none", 404, "not_found")]
    [InlineData("v1/nothing", 404, "not_found")]
    public async Task What_cannot_be_answered_is_a_problem_with_a_code(string path, int status, string code)
    {
        await using var service = await RunningService.Start();
        using var answer = await service.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Settings_out_of_bounds_stop_the_start() => await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
        () => RunningService.Start(settings => settings.QueueLength = 0));

    [Theory]
    [InlineData("healthz/live")]
    [InlineData("healthz/ready")]
    [InlineData("healthz/startup")]
    public async Task A_running_service_is_well(string path)
    {
        await using var service = await RunningService.Start();
        Assert.Equal("ok", await service.Http.GetStringAsync(new Uri(path, UriKind.Relative)));
    }
}
