using CsCheck;
using PolicyEngine.Runtime.Alignments;

namespace PolicyEngine.Runtime.Tests.Alignments;

public sealed class KeyedAlignmentTests
{
    private const long Slot = 10_000;
    private const long Block = 60 * Slot;

    /// <summary>The example of the semantics: three members, six slots each, all the same.</summary>
    [Fact]
    public void ThreeMembersInTheSameSixSlots()
    {
        var alignment = new KeyedAlignment(Slot, 6);
        for (var slot = 0; slot < 6; slot++)
            foreach (var member in new[] { 4, 5, 6 }) alignment.Add(1, member, (slot * 7 * Slot) + (member * 1_000));
        Assert.Equal(default, alignment.Read(1, Block - 1));
        var read = alignment.Read(1, Block);
        Assert.Equal(18, read.Coincidences);
        Assert.Equal(1.8, read.Expected);
        Assert.Equal(6.8, Math.Round(read.Value, 1));
    }

    [Fact]
    public void NothingIsChance() => Assert.Equal(1.0, new KeyedAlignment(Slot, 6).Read(1, 0).Value);

    [Fact]
    public void ABlockCountsFromItsEndForAsManyBlocksAsTheSpanHas()
    {
        var alignment = new KeyedAlignment(Slot, 2);
        alignment.Add(1, 1, 0);
        alignment.Add(1, 2, 0);
        Assert.Equal([0, 1, 1, 0], new[] { Block - 1, Block, (3 * Block) - 1, 3 * Block }.Select(tau => (int)alignment.Read(1, tau).Coincidences));
        alignment.Sweep(3 * Block);
        Assert.Equal(0, alignment.Count);
    }

    [Fact]
    public void IsWhatCountingSlotBySlotGives()
    {
        var events = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 4], Gen.Int[0, 20].Select(i => i < 12 ? i * 900L : i * 60_000L));
        Gen.Select(events.Array[1, 120], Gen.Int[1, 4], Gen.Int[-2, 2]).Sample((drawn, blocks, start) =>
        {
            var alignment = new KeyedAlignment(Slot, blocks);
            var seen = new List<(int Key, int Member, long Tau)>();
            var tau = start * Block;
            foreach (var (key, member, step) in drawn)
            {
                tau += step;
                Assert.Equal(Recount(seen, key, tau, blocks), alignment.Read(key, tau));
                alignment.Add(key, member, tau);
                seen.Add((key, member, tau));
            }
        }, iter: 300);
    }

    private static Aligned Recount(List<(int Key, int Member, long Tau)> events, int key, long tau, int blocks)
    {
        static long Floor(long value, long unit) => (long)Math.Floor((decimal)value / unit);
        var now = Floor(tau, Block);
        var active = events.Where(e => e.Key == key && Floor(e.Tau, Block) < now && Floor(e.Tau, Block) >= now - blocks)
            .Select(e => (e.Member, Slot: Floor(e.Tau, Slot))).Distinct().ToList();
        long coincidences = 0, meetings = 0;
        foreach (var a in active)
            foreach (var b in active.Where(b => b.Member != a.Member))
            {
                if (a.Slot == b.Slot && a.Member < b.Member) coincidences++;
                if (Floor(a.Slot, 60) == Floor(b.Slot, 60)) meetings++;
            }
        return new Aligned(coincidences, meetings);
    }
}
