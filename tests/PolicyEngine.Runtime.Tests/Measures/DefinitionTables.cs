using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Measures;

/// <summary>The worked examples of the definition of measures, value by value.</summary>
public sealed class DefinitionTables
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Nine = 9 * Hour;
    private static readonly EngineLimits Limits = new();

    private static readonly long[] Times =
        [Nine, Nine + 30 * Minute, Nine + Hour, Nine + Hour, Nine + Hour + 30 * Minute - 1, Nine + Hour + 30 * Minute];

    [Fact]
    public void A_sliding_window_loses_an_event_exactly_when_it_is_as_old_as_the_span() =>
        Assert.Equal([1, 2, 2, 3, 4, 4], Values(Count(new(PlanWindowKind.Sliding, Hour, 0, 0)), Times));

    [Fact]
    public void A_stepped_window_counts_whole_cells_and_never_reaches_further_back() =>
        Assert.Equal([1, 2, 2, 3, 4, 4], Values(Count(new(PlanWindowKind.Sliding, Hour, 30 * Minute, 0)), Times));

    [Fact]
    public void A_calendar_window_begins_anew_at_the_cell() =>
        Assert.Equal([1, 2, 1, 2, 3, 4], Values(Count(new(PlanWindowKind.Tumbling, Hour, 0, 0)), Times));

    [Fact]
    public void A_session_ends_with_a_gap_as_long_as_the_idle_time() =>
        Assert.Equal([1, 1, 1, 2, 3, 4], Values(Count(new(PlanWindowKind.Session, 30 * Minute, 0, 0)), Times));

    [Fact]
    public void A_session_lasts_a_day_at_most()
    {
        long[] hourly = [.. Enumerable.Range(0, 26).Select(h => h * Hour)];
        var values = Values(Count(new(PlanWindowKind.Session, 2 * Hour, 0, 0)), hourly);
        Assert.Equal((24, 1, 2), (values[23], values[24], values[25]));
    }

    [Fact]
    public void A_window_that_ends_in_the_past_takes_events_when_they_are_that_old()
    {
        var driver = new FamilyDriver([Count(new(PlanWindowKind.Sliding, Hour, 0, Hour))], Limits);
        driver.Enter(At(0), 0);
        Assert.Equal(0, driver.Read(0, Hour - 1, -1)[0].Bits);
        Assert.Equal(1, driver.Read(0, Hour, -1)[0].Bits);
        Assert.Equal(1, driver.Read(0, 2 * Hour - 1, -1)[0].Bits);
        Assert.Equal(0, driver.Read(0, 2 * Hour, -1)[0].Bits);
    }

    [Theory]
    [InlineData(PlanAggregate.Count, true, 0)]
    [InlineData(PlanAggregate.Distinct, true, 0)]
    [InlineData(PlanAggregate.Sum, true, 0)]
    [InlineData(PlanAggregate.Rate, true, 0)]
    [InlineData(PlanAggregate.Average, false, 0)]
    [InlineData(PlanAggregate.Min, false, 0)]
    [InlineData(PlanAggregate.Max, false, 0)]
    [InlineData(PlanAggregate.First, false, 0)]
    [InlineData(PlanAggregate.Latest, false, 0)]
    [InlineData(PlanAggregate.Previous, false, 0)]
    [InlineData(PlanAggregate.SinceFirst, false, 0)]
    [InlineData(PlanAggregate.SinceLast, false, 0)]
    [InlineData(PlanAggregate.Percentile, false, 0)]
    [InlineData(PlanAggregate.Share, false, 0)]
    [InlineData(PlanAggregate.TopShare, false, 0)]
    [InlineData(PlanAggregate.Entropy, false, 0)]
    [InlineData(PlanAggregate.Variation, false, 0)]
    public void Nothing_counted_gives_the_empty_value(PlanAggregate aggregate, bool isPresent, long bits)
    {
        var plan = Catalogue.Plan(aggregate, new(PlanWindowKind.Sliding, Hour, 0, 0), ValueKind.Integer, 50);
        var driver = new FamilyDriver([plan], Limits);
        Assert.Equal(new MeasureValue(isPresent, bits), driver.Read(0, 5, -1)[0]);
        driver.Enter(At(6) with { Integer = 3 }, 0);
        Assert.Equal(new MeasureValue(isPresent, bits), driver.Read(0, 6 + Hour, -1)[0]);
    }

    [Fact]
    public void Reading_under_a_missing_key_is_missing_and_feeding_is_counted_apart()
    {
        var driver = new FamilyDriver([Count(Catalogue.Forever)], Limits);
        Assert.Equal(MeasureValue.Missing, driver.Enter(At(0) with { Key = -1 }, 0)[0]);
        Assert.Equal(MeasureValue.Missing, driver.Apply([At(0) with { Key = -1 }])[0][0]);
        Assert.Equal(2, driver.Family.MissingKeys);
        Assert.Equal(0, driver.Family.Keys);
    }

    [Fact]
    public void An_event_does_not_see_itself_as_the_previous_one()
    {
        var previous = Catalogue.Plan(PlanAggregate.Previous, Catalogue.Forever, ValueKind.Integer);
        var since = Catalogue.Plan(PlanAggregate.SinceLast, Catalogue.Forever);
        var driver = new FamilyDriver([previous, since], Limits);
        Assert.All(driver.Enter(At(10) with { Integer = 1 }, 0), v => Assert.False(v.IsPresent));
        Assert.Equal([1, 5], driver.Enter(At(15) with { Integer = 2 }, 1).Select(v => v.Bits));
        Assert.Equal([2, 0], driver.Read(0, 15, -1).Select(v => v.Bits));
        Assert.Equal([2, 1], driver.Read(0, 16, 2).Select(v => v.Bits));
    }

    [Fact]
    public void Averages_of_durations_round_to_the_nearest_even_millisecond()
    {
        var driver = new FamilyDriver([Catalogue.Plan(PlanAggregate.Average, Catalogue.Forever, ValueKind.Duration)], Limits);
        long[] times = [0, 1, 3, 6, 10, 14];
        Assert.Equal([0, 1, 2, 2, 2, 3], times.Select((t, i) => driver.Enter(At(t), i)[0].Bits));
    }

    [Fact]
    public void A_sum_of_integers_that_does_not_fit_is_missing_until_it_fits_again()
    {
        var plan = Catalogue.Plan(PlanAggregate.Sum, new(PlanWindowKind.Sliding, 10, 0, 0), ValueKind.Integer);
        var driver = new FamilyDriver([plan], Limits);
        Assert.True(driver.Enter(At(0) with { Integer = long.MaxValue }, 0)[0].IsPresent);
        Assert.False(driver.Enter(At(5) with { Integer = 1 }, 1)[0].IsPresent);
        Assert.Equal(MeasureValue.Of(1), driver.Read(0, 10, -1)[0]);
    }

    [Fact]
    public void Sums_of_numbers_leave_no_trace_of_what_has_gone()
    {
        var plan = Catalogue.Plan(PlanAggregate.Sum, new(PlanWindowKind.Sliding, 10, 0, 0), ValueKind.Number);
        var driver = new FamilyDriver([plan], Limits);
        driver.Enter(At(0) with { Number = 1e17 }, 0);
        driver.Enter(At(1) with { Number = 0.1 }, 1);
        driver.Enter(At(2) with { Number = 2e18 }, 2);
        Assert.Equal(0.1, driver.Read(0, 10, -1)[0].Double);
        Assert.Equal(1, driver.Family.Refused);
    }

    [Fact]
    public void Distinct_drops_the_value_seen_longest_ago_beyond_the_bound()
    {
        var plan = Catalogue.Plan(PlanAggregate.Distinct, new(PlanWindowKind.Sliding, 100, 0, 0), ValueKind.Integer);
        var driver = new FamilyDriver([plan], new EngineLimits { DistinctPerKey = 3 });
        long[] values = [1, 2, 3, 1, 4, 2];
        Assert.Equal([1, 2, 3, 3, 3, 3], values.Select((v, i) => driver.Enter(At(i) with { Integer = v }, i)[0].Bits));
        Assert.Equal(2, driver.Family.CappedValues);
    }

    private static Happening At(long time) => new(time, 0, true, true);

    private static MeasurePlan Count(PlanWindow window) => Catalogue.Plan(PlanAggregate.Count, window);

    private static List<long> Values(MeasurePlan plan, long[] times)
    {
        var driver = new FamilyDriver([plan], Limits);
        return [.. times.Select((t, i) => driver.Enter(At(t), i)[0].Bits)];
    }
}
