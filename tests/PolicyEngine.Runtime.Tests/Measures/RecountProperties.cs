using CsCheck;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Measures;

/// <summary>Every aggregate over every window equals a recount of all events, at every event, however the stream is cut.</summary>
public sealed class RecountProperties
{
    private static readonly EngineLimits Wide = new();

    private static readonly Gen<long> Steps = Gen.Frequency(
        (4, Gen.Const(0L)), (6, Gen.Long[1, 3]), (3, Gen.Long[3, 13]), (1, Gen.Long[14, 40]));

    private static readonly Gen<double> Numbers = Gen.Frequency(
        (6, Gen.Int[-4, 4].Select(i => i / 8.0)), (3, Gen.Double[-1e6, 1e6]), (1, OneOf(0.1, -0.0, 1e18, 2e18, -1e300, 1e-9, 5e-10)));

    private static readonly Gen<long> Integers = Gen.Frequency(
        (8, Gen.Long[-3, 3]), (2, Gen.Long[0, 1_000_000]), (1, OneOf(long.MaxValue, long.MinValue, 1_000_000_000_000_000_000)));

    private static readonly Gen<(long Step, Happening Event)> Happenings = Gen.Select(
        Steps, Gen.Int[-1, 3], Gen.Int[0, 9], Gen.Bool, Gen.Int[0, 4], Integers, Numbers, Gen.Int[0, 5],
        (step, key, use, numerator, absent, integer, number, text) => (step, new Happening(0, key, use > 1, use is 1 or > 5)
        {
            Numerator = numerator,
            Integer = absent == 1 ? null : integer,
            Number = absent == 2 ? null : number,
            Text = absent == 3 ? null : text,
        }));

    private static readonly Gen<Happening[]> Streams = Gen.Select(Gen.Long[-50, 50], Happenings.Array[1, 120]).Select((start, events) =>
    {
        var time = start;
        return events.Select(e => e.Event with { Time = time += e.Step }).ToArray();
    });

    private static readonly Gen<MeasurePlan[]> Families = Gen.Int[0, Catalogue.All.Count - 1].Select(i => Catalogue.All[i]).Array[1, 10]
        .Select(a => a.DistinctBy(m => m.Hash).ToArray());

    private static readonly Gen<MeasurePlan[]> LazyFamilies = Gen.Select(Families, Gen.UInt).Select((family, lazy) =>
        family.Select((m, slot) => (lazy >> slot & 1) != 0 ? m with { ReaderScreen = 1 } : m)
            .Select((m, slot) => IgnoresMissing(m) && (lazy >> (slot + 16) & 1) != 0 ? m with { Feed = Catalogue.PartNode } : m).ToArray());

    private static readonly Gen<MeasurePlan[]> MixedFamilies = Gen.OneOf(Families, LazyFamilies);

    [Fact]
    public void Batches_give_what_a_recount_gives() =>
        Gen.Select(Families, Streams, Gen.Int[1, 70]).Sample(
            (measures, stream, size) =>
            {
                var driver = new FamilyDriver(measures, Wide);
                var recount = new Recount(Wide);
                var ordinal = 0L;
                foreach (var chunk in stream.Chunk(size))
                {
                    var values = driver.Apply(chunk);
                    for (var i = 0; i < chunk.Length; i++)
                        Check(recount, measures, chunk[i], ordinal++, values[i]);
                }
            },
            iter: 3000, print: t => $"{string.Join("; ", t.Item1.Select(m => m.Name))}\n{string.Join("\n", t.Item2.Select(e => e.ToString()))}");

    [Fact]
    public void Lazy_measures_give_what_a_recount_gives_on_the_rows_that_ask() =>
        Gen.Select(LazyFamilies, Streams, Gen.Int[1, 70], Gen.Frequency((1, Gen.Const(ulong.MaxValue)), (2, Gen.ULong), (1, Gen.Const(9UL)))).Sample(
            (measures, stream, size, askers) =>
            {
                var driver = new FamilyDriver(measures, Wide) { Askers = askers };
                var recount = new Recount(Wide);
                var ordinal = 0L;
                foreach (var chunk in stream.Chunk(size))
                {
                    var values = driver.Apply(chunk);
                    for (var i = 0; i < chunk.Length; i++)
                        Check(recount, measures, chunk[i], ordinal++, values[i], slot => driver.IsAsked(slot, i));
                }
            },
            iter: 4000, print: t => $"{string.Join("; ", t.Item1.Select(m => m.Name))}\n{t.Item3} {t.Item4}\n{string.Join("\n", t.Item2.Select(e => e.ToString()))}");

    [Fact]
    public void Row_by_row_gives_what_a_recount_gives() =>
        Gen.Select(MixedFamilies, Streams).Sample(
            (measures, stream) =>
            {
                var driver = new FamilyDriver(measures, Wide);
                var recount = new Recount(Wide);
                var ordinal = 0L;
                foreach (var happening in stream)
                {
                    Check(recount, measures, happening with { IsRead = true }, ordinal, driver.Enter(happening, ordinal));
                    ordinal++;
                }
            },
            iter: 2000);

    [Fact]
    public void Reads_after_silence_and_upkeep_in_between_see_the_same_values() =>
        Gen.Select(MixedFamilies, Streams, Gen.Long[0, 3].Array[120]).Sample(
            (measures, stream, delays) =>
            {
                var driver = new FamilyDriver(measures, Wide);
                var recount = new Recount(Wide);
                var shift = 0L;
                for (var i = 0; i < stream.Length; i++)
                {
                    var happening = stream[i] with { Time = stream[i].Time + shift };
                    Check(recount, measures, happening with { IsRead = true }, i, driver.Enter(happening, i));
                    shift += delays[i];
                    var later = happening.Time + delays[i];
                    if (delays[i] == 3)
                        driver.Family.Sweep(later);
                    for (var key = 0; key < 4; key++)
                        Equal(measures, recount, key, later, -1, driver.Read(key, later, -1));
                }
            },
            iter: 1500);

    [Fact]
    public void Bounds_per_key_drop_the_oldest() =>
        Gen.Select(MixedFamilies, Streams, Gen.Int[1, 9]).Sample(
            (family, stream, bound) =>
            {
                var measures = family.Where(m => !KeepsOnlyNewest(m)).ToArray();
                var limits = new EngineLimits { EventsPerKey = bound, DistinctPerKey = 100_000 };
                var driver = new FamilyDriver(measures, limits);
                var recount = new Recount(limits);
                for (var i = 0; i < stream.Length; i++)
                    Check(recount, measures, stream[i] with { IsRead = true }, i, driver.Enter(stream[i], i));
            },
            iter: 1500);

    private static bool IgnoresMissing(MeasurePlan plan) => plan is { Amount: >= 0, AmountReadsGap: false } && plan.Aggregate is
        PlanAggregate.Sum or PlanAggregate.Average or PlanAggregate.Percentile or PlanAggregate.Entropy or PlanAggregate.TopShare
        or PlanAggregate.Distinct or PlanAggregate.Min or PlanAggregate.Max;

    // Values that an `ending` window has taken in stay until their time, even when the bound takes their event out of the log.
    private static bool KeepsOnlyNewest(MeasurePlan plan) => plan.Window.Ending > 0 && plan.Aggregate is
        (PlanAggregate.Distinct or PlanAggregate.Latest or PlanAggregate.Previous or PlanAggregate.SinceLast);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static void Check(Recount recount, MeasurePlan[] measures, Happening happening, long ordinal, MeasureValue[] values, Func<int, bool>? isAsked = null)
    {
        if (happening is { IsFed: true, Key: >= 0 })
            recount.Enter(happening, ordinal);
        if (happening.IsFed || happening.IsRead)
            Equal(measures, recount, happening.Key, happening.Time, ordinal, values, isAsked);
    }

    private static void Equal(
        MeasurePlan[] measures, Recount recount, int key, long time, long ordinal, MeasureValue[] values, Func<int, bool>? isAsked = null)
    {
        for (var slot = 0; slot < measures.Length; slot++)
        {
            if (isAsked?.Invoke(slot) == false)
                continue;
            var expected = recount.Read(measures[slot], key, time, ordinal);
            if (expected != values[slot])
                Assert.Fail($"{measures[slot].Name} of k{key} at {time}: {Show(expected)} expected, {Show(values[slot])} read");
        }
    }

    private static string Show(MeasureValue value) => value.IsPresent ? $"{value.Bits} ({value.Double:R})" : "missing";
}
