using System.Globalization;
using static PolicyEngine.Runtime.Tests.Events.IntakeRun;

namespace PolicyEngine.Runtime.Tests.Events;

public sealed class IntakeTests
{
    private static readonly SourceOptions File = new("file", SourceMode.Ordered);
    private static readonly SourceOptions Call = new("call", SourceMode.Immediate);

    private static IntakeRun Start(params SourceOptions[] sources) => Start(OneType(), 16, sources);

    private static IntakeRun Start(Plans.Plan plan, int capacity, params SourceOptions[] sources)
    {
        var run = new IntakeRun(plan, capacity);
        foreach (var source in sources) run.Intake.AddSource(source);
        return run;
    }

    [Fact]
    public void The_table_of_arrivals_with_five_seconds_of_lateness()
    {
        var run = Start(File with { Lateness = 5_000 });
        run.Feed(0, Line("e1", 100) + Line("e2", 104) + Line("e3", 99));
        Assert.Equal("", run.Released);
        run.Feed(0, Line("e4", 110));
        Assert.Equal("e3@99 e1@100 e2@104", run.Released);
        run.Feed(0, Line("e5", 105) + Line("e6", 104.999));
        Assert.Equal(105_000, run.Intake.Watermark);
        Assert.EndsWith("e6@104late", run.Released, StringComparison.Ordinal);
        run.Finish();
        Assert.Equal("e3@99 e1@100 e2@104 e6@104late e5@105 e4@110", run.Released);
        Assert.Equal(1, run.Intake.Counters.Late);
        Assert.Equal(6, run.Intake.Counters.Accepted);
    }

    [Fact]
    public void Equal_times_go_by_sequence_below_the_millisecond_then_by_id_bytes()
    {
        var run = Start(File);
        foreach (var (id, digits) in new[] { ("b", "0009"), ("z", "0001"), ("a", "0009"), ("é", "0009"), ("y", "00") })
            run.Feed(0, $$"""{"id":"{{id}}","type":"e","time":"1970-01-01T00:00:01.000{{digits}}Z"}""" + "\n");
        Assert.Equal("y@1 z@1 a@1 b@1 é@1", run.Finish().Released);
    }

    [Fact]
    public void The_slowest_active_source_holds_the_watermark_back()
    {
        var run = Start(File, File);
        run.Feed(0, Line("a", 1) + Line("b", 5));
        Assert.Equal(long.MinValue, run.Intake.Watermark);
        run.Feed(1, Line("c", 3));
        Assert.Equal("a@1", run.Released);
        run.Intake.SourceIdle(1);
        run.Drain();
        Assert.Equal("a@1 c@3", run.Released);
        run.Feed(1, Line("d", 4));
        Assert.Equal("a@1 c@3 d@3late", run.Released);
    }

    [Fact]
    public void Immediate_events_are_applied_at_the_clock_and_late_beyond_the_tolerance()
    {
        var run = Start(Call);
        run.Feed(0, Line("a", 100) + Line("b", 90) + Line("c", 40) + Line("d", 39.999) + Line("e", 101));
        Assert.Equal("a@100 b@100 c@100 d@100late e@101", run.Released);
    }

    [Fact]
    public void An_ordered_source_beside_an_immediate_one_gets_the_tolerance_too()
    {
        var run = Start(File, Call);
        run.Feed(1, Line("now", 100)).Feed(0, Line("a", 100) + Line("b", 40) + Line("c", 39.999) + Line("d", 101));
        Assert.Equal("now@100 b@100 c@100late a@100", run.Released);
    }

    [Fact]
    public void A_lone_stamp_from_the_future_is_refused_and_harms_nobody()
    {
        var run = Start(File);
        run.Feed(0, Line("a", 0) + Line("mad", 602) + Line("b", 1) + Line("c", 2)).Finish();
        Assert.Equal("a@0 b@1 c@2", run.Released);
        var refused = Assert.Single(run.Rejections);
        Assert.Equal((2, "far_future"), (refused.Line, refused.Reason));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5_000)]
    public void A_redelivered_event_neither_refutes_nor_confirms_one_held_aside(long lateness)
    {
        var run = Start(File with { Lateness = lateness });
        run.Feed(0, Line("a", 0) + Line("b", 1) + Line("n", 700) + Line("a", 0) + Line("b", 1) + Line("n", 700));
        run.Feed(0, Line("o", 701)).Finish();
        Assert.Equal("a@0 b@1 n@700 o@701", run.Released);
        Assert.Equal((7, 3, 0), (run.Intake.Counters.Accepted, run.Intake.Counters.Duplicates, run.Intake.Counters.DuplicatesDiffering));
        Assert.Empty(run.Rejections);
    }

    [Fact]
    public void A_copy_of_an_event_held_aside_falls_with_it_and_is_counted_as_a_copy()
    {
        var run = Start(File);
        var other = Line("mad", 700).Replace("}", ",\"x\":1}", StringComparison.Ordinal);
        run.Feed(0, Line("a", 0) + Line("mad", 700) + Line("mad", 700) + other + Line("b", 1)).Finish();
        Assert.Equal("a@0 b@1", run.Released);
        Assert.Equal(2, Assert.Single(run.Rejections).Line);
        Assert.Equal((2, 1), (run.Intake.Counters.Duplicates, run.Intake.Counters.DuplicatesDiffering));
    }

    [Theory]
    [InlineData(600, "a@0 n@600")]
    [InlineData(601, "a@0 n@601")]
    public void A_quiet_gap_is_believed_with_its_second_event_or_at_the_end(double next, string expected)
    {
        Assert.Equal(expected, Start(File).Feed(0, Line("a", 0) + Line("n", next)).Finish().Released);
        var both = Start(File).Feed(0, Line("a", 0) + Line("n", next) + Line("o", next + 600));
        Assert.Equal(expected + string.Create(CultureInfo.InvariantCulture, $" o@{next + 600}"), both.Finish().Released);
    }

    [Fact]
    public void An_immediate_source_refuses_the_future_at_once_unless_the_wall_clock_speaks_for_it()
    {
        var run = Start(Call);
        run.Feed(0, Line("a", 0) + Line("b", 601));
        run.Intake.Believe(1_000);
        run.Feed(0, Line("c", 601) + Line("d", 1202));
        Assert.Equal("a@0 c@601", run.Released);
        Assert.Equal([2L, 4L], run.Rejections.Select(r => r.Line));
    }

    [Fact]
    public void Duplicates_are_the_same_id_at_the_same_time_and_the_first_in_order_wins()
    {
        var run = Start(File with { Lateness = 10_000 });
        var other = Line("a", 1).Replace("}", ",\"x\":1}", StringComparison.Ordinal);
        run.Feed(0, Line("a", 1) + Line("a", 2) + Line("a", 1) + other).Finish();
        Assert.Equal("a@1 a@2", run.Released);
        Assert.Equal((2, 1), (run.Intake.Counters.Duplicates, run.Intake.Counters.DuplicatesDiffering));
        Assert.Equal(4, run.Intake.Counters.Accepted);
    }

    [Fact]
    public void Ids_are_forgotten_by_whole_hours_beyond_the_horizon()
    {
        const int hour = 3600;
        var limits = new Plans.EngineLimits { DuplicateHorizon = hour * 1000, Tolerance = 24 * hour * 1000, Skew = 24 * hour * 1000 };
        var run = Start(OneType(limits), 16, Call);
        run.Feed(0, Line("a", 1) + Line("b", 2 * hour - 0.001) + Line("a", 1));
        Assert.Equal(1, run.Intake.Counters.Duplicates);
        run.Feed(0, Line("c", 2 * hour) + Line("a", 1));
        Assert.Equal(1, run.Intake.Counters.Duplicates);
    }

    [Fact]
    public void A_tick_releases_what_waits_and_makes_older_events_late()
    {
        var run = Start(File);
        run.Feed(0, Line("a", 5));
        run.Intake.Tick(6_000);
        run.Drain();
        Assert.Equal("a@5", run.Released);
        Assert.Equal(6_000, run.Intake.Clock);
        run.Feed(0, Line("b", 5.9) + Line("c", 6));
        Assert.Equal("a@5 b@6late", run.Released);
    }

    [Fact]
    public void Above_the_cap_the_oldest_go_early()
    {
        var run = Start(OneType(new Plans.EngineLimits { WaitingCap = 2 }), 16, File with { Lateness = 1_000_000 });
        run.Feed(0, Line("c", 3) + Line("a", 1) + Line("b", 2));
        Assert.Equal("a@1", run.Released);
        Assert.Equal((1, 2), (run.Intake.Counters.Forced, run.Intake.Counters.Waiting));
    }

    [Fact]
    public void Waiting_lines_are_read_again_by_a_new_plan()
    {
        var run = Start(File);
        run.Feed(0, Line("a", 1));
        var plan = new PlanBuilder().Event("other", Array.Empty<Plans.FieldPlan>()).Build();
        run.Intake.Rebind(plan, new Runtime.Events.KeyTables(plan.Domains, (1, 2)));
        run.Finish();
        Assert.Equal("", run.Released);
        Assert.Equal("unknown_type", Assert.Single(run.Rejections).Reason);
        Assert.Equal((0, 1), (run.Intake.Counters.Accepted, run.Intake.Counters.Rejected));
    }

    [Fact]
    public void A_batch_of_longest_lines_ends_early_and_goes_on()
    {
        var run = Start(OneType(), 1024, File);
        var filler = $",\"x\":\"{new string('x', (1 << 20) - 200)}\"}}";
        run.Feed(0, string.Concat(Enumerable.Range(0, 40).Select(n => Line($"e{n}", n).Replace("}", filler, StringComparison.Ordinal))));
        Assert.Equal(40, run.Finish().Released.Split(' ').Length);
    }

    [Fact]
    public void Lines_may_end_in_carriage_returns_be_blank_begin_with_a_mark_or_lack_the_last_feed()
    {
        var text = "\uFEFF" + Line("a", 1).Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n \t\n" + "x\n" + Line("b", 2).TrimEnd();
        var run = Start(File).Feed(0, text, isLast: true).Finish();
        Assert.Equal("a@1 b@2", run.Released);
        Assert.Equal(4, Assert.Single(run.Rejections).Line);
        Assert.Equal(3, run.Intake.Counters.Events);
    }
}
