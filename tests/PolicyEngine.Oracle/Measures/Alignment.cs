using PolicyEngine.Language.Model;

namespace PolicyEngine.Oracle.Measures;

/// <summary>
/// Alignment by its definition (G2): pairs of members in one slot, against pairs of their slots in one block, over complete blocks.
/// </summary>
internal sealed record Alignment(long Coincidences, long Meetings)
{
    public double Value => (Coincidences + 1) * 120L / (double)(Meetings + 120);

    public static Alignment Of(MeasureSymbol measure, IEnumerable<Counted> counted, string key, long now)
    {
        var block = measure.Slot * 60;
        var current = Values.Value.FloorDivide(now, block);
        var active = counted
            .Where(c => c.Key == key && !Values.Value.IsMissing(c.Amount) && Values.Value.FloorDivide(c.Time, block) is var own
                && own < current && own >= current - (measure.Window.Length / block))
            .Select(c => (Member: Values.Value.Canonical(c.Amount!), Slot: Values.Value.FloorDivide(c.Time, measure.Slot))).Distinct().ToList();
        long coincidences = 0, meetings = 0;
        foreach (var a in active)
            foreach (var b in active.Where(b => b.Member != a.Member && Values.Value.FloorDivide(a.Slot, 60) == Values.Value.FloorDivide(b.Slot, 60)))
            {
                meetings++;
                if (a.Slot == b.Slot) coincidences++;
            }
        return new Alignment(coincidences / 2, meetings);
    }
}
