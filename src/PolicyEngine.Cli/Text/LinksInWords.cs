using PolicyEngine.Cli.Terminal;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Cli.Text;

/// <summary>How links, what is measured of their groups, and alignments are kept. What both views keep is told once.</summary>
internal sealed class LinksInWords(Plan plan)
{
    public void Write(TextWriter writer, Palette palette)
    {
        Section(writer, palette, "Links", plan.Links.DistinctBy(l => l.Name), WriteLink);
        Section(writer, palette, "Measures of groups", plan.GroupMeasures.DistinctBy(m => m.Name), WriteGroupMeasure);
        Section(writer, palette, "Measures over members", plan.Members.DistinctBy(m => m.Name), WriteMembers);
        Section(writer, palette, "Measures around values", plan.Arounds.DistinctBy(a => a.Name), WriteAround);
        Section(writer, palette, "Alignments", plan.Alignments.DistinctBy(a => a.Name), WriteAlignment);
    }

    private static void Section<T>(TextWriter writer, Palette palette, string title, IEnumerable<T> items, Action<TextWriter, T> write)
    {
        var all = items.ToList();
        if (all.Count == 0) return;
        writer.WriteLine();
        writer.WriteLine(palette.Bold(title));
        foreach (var item in all) write(writer, item);
    }

    private void WriteLink(TextWriter writer, LinkPlan link)
    {
        writer.WriteLine($"  {link.Name} of {link.Entity}");
        foreach (var way in link.Ways) writer.WriteLine($"    by {way.Text}{Caps(way)}: {Kept(way.IsSequential, way.AfterStratum)}");
        writer.WriteLine($"    edges last {Words.Duration(link.Length)} and end every {Words.Duration(link.Step)}; {Words.Number(link.EdgeCap)} of them at most");
    }

    private string Caps(WayPlan way)
    {
        var without = way.WithoutLabel < 0 ? "" : $" without label {plan.Labels[way.WithoutLabel].Name}";
        return (way.MoreThan is { } most ? $", unless shared by more than {most}{without}" : "")
            + (way.FewerThan is { } least ? $", unless shared by fewer than {least}" : "");
    }

    private void WriteGroupMeasure(TextWriter writer, GroupMeasurePlan measure)
    {
        var cells = ((measure.Window.Length + measure.Window.Ending) / measure.Window.Step) + 1;
        writer.WriteLine($"  {measure.Name} = {measure.Declaration}");
        writer.WriteLine($"    of the events of those who are members now: {Kept(measure.IsSequential, measure.AfterStratum)}");
        writer.WriteLine($"    at most {Words.Number(cells)} cells a member: steps of {Words.Duration(measure.Window.Step)}");
    }

    private void WriteMembers(TextWriter writer, MembersPlan measure)
    {
        var isCount = measure.Aggregate is PlanAggregate.Count or PlanAggregate.Share;
        writer.WriteLine($"  {measure.Name} = {measure.Declaration}");
        writer.WriteLine($"    {Asked(measure.Label >= 0 || (isCount && measure.Where < 0))}");
    }

    private void WriteAround(TextWriter writer, AroundPlan measure)
    {
        writer.WriteLine($"  {measure.Name} = {measure.Declaration}");
        writer.WriteLine($"    {Asked(measure.Label >= 0 || measure.Where < 0)}");
    }

    private static void WriteAlignment(TextWriter writer, AlignmentPlan alignment)
    {
        writer.WriteLine($"  {alignment.Name} = {alignment.Declaration}");
        writer.WriteLine($"    a bit for each member and slot of {Words.Duration(alignment.Slot)}: {Kept(alignment.AfterStratum >= 0, alignment.AfterStratum)}");
    }

    private string Asked(bool isCounted) =>
        isCounted ? "a counter, kept as labels and edges change"
        : $"asks each member when it is read; more than {Words.Number(plan.Limits.MembersLookedAt)} are a fault";

    private static string Kept(bool inOrder, int afterStratum) =>
        !inOrder ? "taken before all rules" : afterStratum < 0 ? "taken row by row, before all rules" : $"taken row by row, after stratum {afterStratum + 1}";
}
