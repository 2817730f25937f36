using CsCheck;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Links;

/// <summary>Groups kept by merging and by walking what lost an edge are those that all edges make when looked at from scratch.</summary>
public sealed class GraphProperties
{
    private const int Members = 9;

    private static readonly WayPlan Plain = new("card", 0, 0, 0);

    private static readonly Gen<WayPlan> AnyWay = Gen.Select(Gen.Int[0, 4], Gen.Bool, Gen.Int[0, 4], (cap, label, least) => Plain with
    {
        MoreThan = cap == 0 ? null : cap, WithoutLabel = cap > 0 && label ? 0 : -1, FewerThan = least < 2 ? null : least,
    });

    private static readonly Gen<LinkPlan> AnyPlan = Gen.Select(Gen.Int[1, 4], AnyWay, AnyWay, (cells, a, b) => LinkDriver.PlanOf(cells * 10, 10, a, b));

    /// <summary>Mostly close together, sometimes beyond several boundaries.</summary>
    private static readonly Gen<int> AnyPause = Gen.Frequency((10, Gen.Int[0, 4]), (2, Gen.Int[5, 15]), (1, Gen.Int[16, 70]));

    private static readonly Gen<(int Pause, LinkStep Step)> AnyStep = Gen.Select(
        AnyPause, Gen.Int[0, 1], Gen.Int[0, Members - 1], Gen.Int[0, 4], Gen.Int[0, 19],
        (pause, way, member, value, label) => (pause, new LinkStep(0, way, member, value, label < 2 ? label == 0 : null)));

    [Fact]
    public void Dirty_rebuild_is_full_rebuild() =>
        Gen.Select(AnyPlan, AnyStep.Array[1, 60], Gen.Int[-100, 100]).Sample((plan, drawn, start) =>
        {
            var kept = new LinkDriver(plan, Members);
            var recount = new GroupRecount(plan);
            var tau = (long)start;
            foreach (var (pause, drawnStep) in drawn)
            {
                tau += pause;
                var step = drawnStep with { Tau = tau };
                kept.Step(step);
                recount.Step(step);
                if (Differs(kept, recount) is { } difference) Assert.Fail($"{step}: {difference}");
            }
        }, iter: 3000);

    private static string? Differs(LinkDriver kept, GroupRecount recount)
    {
        for (var member = 0; member < Members; member++)
        {
            if (kept.GroupOf(member) != recount.GroupOf(member))
                return $"member {member} is in '{kept.GroupOf(member)}', not in '{recount.GroupOf(member)}'";
            var group = kept.Graph.Groups.Of(kept.Handle(member));
            if (group != 0 && kept.Graph.Groups[group].Size != recount.SizeOf(member)) return $"the group of member {member} has another size";
        }
        return kept.Joined.SequenceEqual(recount.Joined) ? null : $"joined: {string.Join(' ', kept.Joined)}, not {string.Join(' ', recount.Joined)}";
    }

    /// <summary>The table of F12: caps, publicity with memory, what ends at boundaries.</summary>
    [Fact]
    public void The_example_of_the_definitions_holds()
    {
        const long hour = 3_600_000;
        const long minute = 60_000;
        var driver = new LinkDriver(LinkDriver.PlanOf(4 * hour, hour, Plain with { MoreThan = 3 }, Plain with { Text = "device" }), 5);
        var (a, b, c, d, e) = (0, 1, 2, 3, 4);
        void At(int clock, int member, int way, int value) =>
            driver.Step(new LinkStep((clock / 100 * hour) + (clock % 100 * minute), way, member, value));
        string Groups() => string.Join('|', Enumerable.Range(0, 5).GroupBy(driver.GroupOf).Where(g => g.Key.Length > 0)
            .Select(g => string.Concat(g.Select(m => "abcde"[m]))).Order(StringComparer.Ordinal));

        At(910, a, 0, 1);
        At(920, b, 0, 1);
        Assert.Equal("ab", Groups());
        Assert.Equal(["m00", "m01"], driver.Joined);
        At(930, c, 0, 2);
        At(935, d, 0, 2);
        At(940, e, 0, 2);
        Assert.Equal("ab|cde", Groups());
        At(950, b, 0, 2);
        Assert.Equal("ab|cde", Groups());
        driver.MoveTo(10 * hour);
        Assert.Equal("ab", Groups());
        At(1020, b, 1, 9);
        At(1020, c, 1, 9);
        Assert.Equal("abc", Groups());
        Assert.Equal(["m02"], driver.Joined);
        driver.MoveTo(13 * hour);
        Assert.Equal("bc", Groups());
    }
}
