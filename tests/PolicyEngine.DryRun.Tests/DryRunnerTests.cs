using System.Text;
using System.Text.Json;
using PolicyEngine.Compiler;
using PolicyEngine.DryRun.Evaluation;
using PolicyEngine.DryRun.Reports;
using PolicyEngine.DryRun.Scoring;

namespace PolicyEngine.DryRun.Tests;

public sealed class DryRunnerTests : IDisposable
{
    private readonly Workspace _files = new();

    [Fact]
    public void A_report_counts_events_rules_and_labelled_accounts_that_act()
    {
        var truth = Truth.Read(_files.Write("t.csv", "account,label,campaign\na1,fraud,A\na2,fraud,B\na3,fraud,B\nfriend,benign,\na4,benign,\nnever,fraud,A\n"));
        var report = Run(new DryRunOptions { EngineVersion = "1", Truth = truth });
        Assert.Equal((24L, 24L, 0L, 4L), (report.Events, report.Accepted, report.Rejected, report.Decisions));
        Assert.Equal([("failing", 2L, 2L), ("worse", 2L, 2L)], report.Rules.Select(r => (r.Rule, r.Fired, r.Keys)));
        var labels = report.Labels!;
        Assert.Equal((3L, 2L), (labels.Bad, labels.Good));
        Assert.Equal((2L, 1L, 1L, 1L), (labels.CaughtBad, labels.EnforcedBad, labels.CaughtGood, labels.EnforcedGood));
        Assert.Equal([("A", 1L, 1L, 0L), ("B", 2L, 1L, 1L)], labels.ByCohort.Select(c => (c.Cohort, c.Accounts, c.Caught, c.Enforced)));
    }

    [Fact]
    public void A_report_tells_how_much_was_drawn_before_a_campaign_was_stopped()
    {
        var truth = Truth.Read(_files.Write("t.csv", "account,label,campaign\na1,fraud,A\na2,fraud,B\nfriend,benign,\n"));
        var labels = Run(new DryRunOptions { EngineVersion = "1", Truth = truth }).Labels!;
        Assert.Equal([("A", 1.0), ("B", 4 / 6.0)], labels.ByCohort.Select(c => (c.Cohort, c.UsedBefore!.Value)));
        Assert.Equal(1.0, labels.UsedBefore);
    }

    [Fact]
    public void Threads_batches_and_packing_change_nothing_but_the_recording_hash()
    {
        var first = Decisions(new DryRunOptions { EngineVersion = "1" }, out var report);
        Assert.NotEmpty(first);
        foreach (var (threads, batch) in new[] { (1, 1), (1, 7), (2, 1000) })
        {
            Assert.Equal(first, Decisions(new DryRunOptions { EngineVersion = "1", Threads = threads, Batch = batch }, out var other));
            Assert.Equal(report.Report, other.Report);
        }
        Decisions(new DryRunOptions { EngineVersion = "2" }, out var newer);
        Assert.NotEqual(report.Report, newer.Report);
    }

    [Fact]
    public void The_first_stretch_is_not_scored_when_asked()
    {
        var truth = Truth.Read(_files.Write("t.csv", "account,label\na1,fraud\na2,fraud\n"));
        var report = Run(new DryRunOptions { EngineVersion = "1", Truth = truth, Warmup = 3 * 60_000 });
        Assert.Equal((1L, 1L), (report.Labels!.CaughtBad, report.Labels.EnforcedBad));
    }

    [Fact]
    public void A_recording_out_of_order_is_put_in_order_within_its_lateness()
    {
        var lines = Workspace.Lines().ToList();
        var inOrder = Decisions(new DryRunOptions { EngineVersion = "1" }, out var straight);
        // Each line after the two that follow it: two minutes apart at most.
        var mixed = Enumerable.Range(0, lines.Count).OrderBy(i => (i + 2) / 3).ThenByDescending(i => i).Select(i => lines[i]);
        var path = _files.Write("mixed.ndjson", string.Concat(mixed));
        var late = new DryRunner(_files.Plan(), new DryRunOptions { EngineVersion = "1" }).Run(path);
        Assert.True(late.Late > 0, "the recording is in order");
        using var decisions = new MemoryStream();
        var waited = new DryRunner(_files.Plan(), new DryRunOptions { EngineVersion = "1", Lateness = 2 * 60_000, Decisions = decisions }).Run(path);
        Assert.Equal(0, waited.Late);
        Assert.Equal(straight.Decisions, waited.Decisions);
        Assert.Equal(inOrder, decisions.ToArray());
        Assert.NotEqual(late.Report, waited.Report);
    }

    [Fact]
    public void A_stopped_run_reports_what_was_done()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var report = new DryRunner(_files.Plan(), new DryRunOptions { EngineVersion = "1" }).Run(_files.Recording(), stop: stop.Token);
        Assert.True(report.Interrupted);
        Assert.Equal("dr_partial", report.Report);
    }

    [Fact]
    public void The_json_has_the_fields_that_others_build_on()
    {
        var truth = Truth.Read(_files.Write("t.csv", "account,label,c\na1,fraud,A\n"));
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(Run(new DryRunOptions { EngineVersion = "1", Truth = truth }), ReportJson.Default.DryRunReport));
        string[] fields =
        [
            "events", "accepted", "rejected", "late", "duplicates", "pending_at_end", "decisions", "seconds", "events_per_second",
            "peak_bytes", "pack_hash", "recording_hash", "report", "rules", "labels",
        ];
        Assert.All(fields, field => Assert.True(json.RootElement.TryGetProperty(field, out _), field));
        Assert.All((string[])["rule", "fired", "keys", "suppressed"], f => Assert.True(json.RootElement.GetProperty("rules")[0].TryGetProperty(f, out _), f));
        var labels = json.RootElement.GetProperty("labels");
        Assert.All((string[])["bad", "good", "caught_bad", "caught_good", "enforced_bad", "enforced_good"], f => Assert.True(labels.TryGetProperty(f, out _), f));
        Assert.All((string[])["cohort", "accounts", "caught", "enforced"], f => Assert.True(labels.GetProperty("by_cohort")[0].TryGetProperty(f, out _), f));
    }

    [Fact]
    public void An_event_is_judged_with_a_trace_of_every_rule()
    {
        var events = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 4).Select(i => Workspace.Line($"e{i}", "a", i, "no"))) + "]");
        var result = EventEvaluation.Run(_files.Plan(), events);
        Assert.Single(result.Decisions);
        Assert.Equal([("failing", RuleStatus.Held), ("worse", RuleStatus.NoHit)], result.Traces.Select(t => (t.Rule.Name, t.Status)));
        Assert.Contains("\"failures_1h\":4", Encoding.UTF8.GetString(result.Traces[1].Evidence!), StringComparison.Ordinal);
    }

    [Fact]
    public void What_rules_wait_for_is_pending_and_events_are_keys()
    {
        var more = """
            link ring of account over 1d by result of login
            rule each_failure on each login when result = "no" then observe
            rule crowd on each login when ring.size > 100 then observe
            rule quiet_again on label noisy removed from account then observe
            rule returns on login per account not followed by login where result = "yes" within 1d then observe
            rule later on login per account when failures_1h >= 5 then suspend account for 2d after 1h
            """;
        var report = new DryRunner(PlanCompiler.Compile(_files.Model(more)), new DryRunOptions { EngineVersion = "1" }).Run(_files.Recording());
        var rules = report.Rules.ToDictionary(r => r.Rule);
        Assert.Equal((18L, 18L), (rules["each_failure"].Fired, rules["each_failure"].Keys));
        Assert.Equal((2L, 2L), (rules["failing"].Fired, rules["failing"].Keys));
        Assert.Equal(
            [("crowd", 0L), ("each_failure", 0L), ("failing", 0L), ("later", 2L), ("quiet_again", 2L), ("returns", 5L), ("worse", 0L)],
            report.Rules.OrderBy(r => r.Rule, StringComparer.Ordinal).Select(r => (r.Rule, r.PendingAtEnd)));
        Assert.Equal(report.Rules.Sum(r => r.PendingAtEnd), report.PendingAtEnd);
    }

    private byte[] Decisions(DryRunOptions options, out DryRunReport report)
    {
        using var decisions = new MemoryStream();
        report = Run(options with { Decisions = decisions });
        return decisions.ToArray();
    }

    private DryRunReport Run(DryRunOptions options) => new DryRunner(_files.Plan(), options).Run(_files.Recording());

    public void Dispose() => _files.Dispose();
}
