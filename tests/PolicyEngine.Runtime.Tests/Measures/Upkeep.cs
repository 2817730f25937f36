using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Measures;

/// <summary>Reload, eviction and sweeping.</summary>
public sealed class Upkeep
{
    private const long Hour = 3_600_000;
    private static readonly EngineLimits Limits = new();

    [Fact]
    public void A_reload_keeps_the_state_of_every_measure_that_stays()
    {
        MeasurePlan[] all = [.. Catalogue.All];
        var driver = new FamilyDriver(all, Limits);
        var recount = new Recount(Limits);
        Feed(driver, recount, 0, 40);

        // Every third measure stays, in another order and once more under another name.
        MeasurePlan[] kept = [.. all.Where((_, i) => i % 3 == 0).Reverse()];
        kept = [.. kept, kept[0] with { Name = "twin", Index = 7 }];
        driver.Rebind(kept);
        Feed(driver, recount, 40, 80);

        var time = 80 * 2;
        for (var key = 0; key < 3; key++)
            Assert.Equal(kept.Select(m => recount.Read(m, key, time, -1)), driver.Read(key, time, -1));
    }

    [Fact]
    public void A_reload_refuses_a_measure_that_the_family_does_not_keep()
    {
        var driver = new FamilyDriver([Catalogue.All[0]], Limits);
        var error = Assert.Throws<ArgumentException>(() => driver.Rebind([Catalogue.All[1]]));
        Assert.Contains(Catalogue.All[1].Name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Eviction_takes_the_keys_counted_longest_ago_and_of_equals_the_first_by_bytes()
    {
        var driver = new FamilyDriver([Catalogue.Plan(PlanAggregate.Count, Catalogue.Forever)], Limits);
        // Keys 0, 1, 2 were last counted at 5, 3, 3; by bytes the order of keys is the reverse of their handles.
        driver.Enter(new Happening(1, 0, true, true), 0);
        driver.Enter(new Happening(3, 1, true, true), 1);
        driver.Enter(new Happening(3, 2, true, true), 2);
        driver.Enter(new Happening(5, 0, true, true), 3);

        driver.Family.Evict(2, (a, b) => b.CompareTo(a));

        Assert.Equal((2, 1), (driver.Family.Keys, driver.Family.Evicted));
        Assert.Equal([2, 1, 0], Enumerable.Range(0, 3).Select(key => driver.Read(key, 6, -1)[0].Bits));
        driver.Family.Evict(1, (a, b) => b.CompareTo(a));
        Assert.Equal([2, 0, 0], Enumerable.Range(0, 3).Select(key => driver.Read(key, 6, -1)[0].Bits));
        Assert.Equal(1, driver.Enter(new Happening(7, 2, true, true), 4)[0].Bits);
    }

    [Fact]
    public void Evicting_one_key_leaves_all_values_of_the_others()
    {
        MeasurePlan[] all = [.. Catalogue.All];
        var driver = new FamilyDriver(all, Limits);
        var recount = new Recount(Limits);
        Feed(driver, recount, 0, 41);
        driver.Family.Evict(2, Comparer<int>.Default.Compare);
        var evicted = Assert.Single(Enumerable.Range(0, 3), key => driver.Read(key, 81, -1)[^1] == MeasureValue.Missing);
        recount.Forget(evicted);
        Feed(driver, recount, 41, 70);
        for (var key = 0; key < 3; key++)
            Assert.Equal(all.Select(m => recount.Read(m, key, 140, -1)), driver.Read(key, 140, -1));
    }

    [Fact]
    public void Sweeping_gives_memory_of_quiet_keys_back_and_it_is_used_again()
    {
        MeasurePlan[] measures =
        [
            Catalogue.Plan(PlanAggregate.Distinct, new(PlanWindowKind.Sliding, Hour, 0, 0), ValueKind.Integer),
            Catalogue.Plan(PlanAggregate.Percentile, new(PlanWindowKind.Sliding, Hour, 0, 0), ValueKind.Integer, 50),
            Catalogue.Plan(PlanAggregate.TopShare, new(PlanWindowKind.Sliding, Hour, 0, 0), ValueKind.Integer),
        ];
        var driver = new FamilyDriver(measures, Limits);
        var time = 0L;
        var afterFirst = 0L;
        for (var wave = 0; wave < 5; wave++)
        {
            for (var i = 0; i < 3000; i++)
                driver.Enter(new Happening(time++, wave * 300 + i % 300, true, true) { Integer = i }, i);
            Assert.Equal(300, driver.Family.Keys);
            time += Hour;
            driver.Family.Sweep(time);
            Assert.Equal(0, driver.Family.Keys);
            afterFirst = wave == 0 ? driver.Family.Bytes : afterFirst;
        }
        // Only the table from handles to slots grows with handles never seen before.
        Assert.InRange(driver.Family.Bytes, afterFirst, afterFirst + 16_384);
    }

    [Fact]
    public void Long_rings_of_many_keys_keep_their_values_while_they_grow()
    {
        var window = new PlanWindow(PlanWindowKind.Sliding, 50_000, 0, 0);
        MeasurePlan[] measures =
        [
            Catalogue.Plan(PlanAggregate.Count, window), Catalogue.Plan(PlanAggregate.Sum, window, ValueKind.Integer),
            Catalogue.Plan(PlanAggregate.Max, window, ValueKind.Integer), Catalogue.Plan(PlanAggregate.Distinct, window, ValueKind.Integer),
        ];
        var driver = new FamilyDriver(measures, Limits);
        // Key 0 has one event a millisecond, key 1 one in ten, key 2 one in a hundred.
        var last = new MeasureValue[3][];
        foreach (var chunk in Enumerable.Range(0, 120_000).Chunk(1000))
        {
            var events = chunk.SelectMany(t => Enumerable.Range(0, 3).Where(k => t % (int)Math.Pow(10, k) == 0)
                .Select(k => new Happening(t, k, true, true) { Integer = t })).ToList();
            var values = driver.Apply(events);
            for (var i = 0; i < events.Count; i++)
                last[events[i].Key] = values[i];
        }
        for (var key = 0; key < 3; key++)
        {
            var every = (long)Math.Pow(10, key);
            var count = 50_000 / every;
            var newest = 120_000 - every;
            var sum = count * newest - every * (count * (count - 1) / 2);
            Assert.Equal([count, sum, newest, count], last[key].Select(v => v.Bits));
        }
    }

    private static void Feed(FamilyDriver driver, Recount recount, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var happening = new Happening(i * 2, i % 3, true, true)
            {
                Numerator = i % 2 == 0,
                Integer = i % 7 == 0 ? null : i * 37 % 11,
                Number = i * 53 % 17 / 8.0,
                Text = i * 31 % 5,
            };
            driver.Enter(happening, i);
            recount.Enter(happening, i);
        }
    }
}
