using PolicyEngine.Runtime.Alignments;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Links;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>The group that a rule speaks of, as its record shows it (K3): id, size, what holds it together, members up to a bound.</summary>
internal sealed class GroupEvidence(Plan plan, KeyTables tables, LinkSet links, AlignmentSet alignments, RowEvaluator rows)
{
    private const int MostMembers = 100;
    private readonly List<int> _members = [];

    /// <summary>`"group":…`.</summary>
    public void Write(TextBuffer text, RulePlan rule, in RowContext context)
    {
        text.Append("\"group\":"u8);
        var handle = rule.Group is { } read ? rows.Handle(read.Group, context) : -1;
        if (handle < 0 || !links.TryGroup(rule.Group!.Link, handle, out var group))
        {
            text.Append("null"u8);
            return;
        }
        var link = plan.Links[rule.Group.Link];
        text.Append("{\"link\":"u8);
        text.AppendString(link.ShortName);
        text.Append(",\"id\":"u8);
        text.AppendString(tables[link.GroupDomain].Bytes(handle));
        text.Append(",\"size\":"u8);
        text.AppendNumber((long)group.Size);
        Reasons(text, link, handle);
        Members(text, link, handle);
        text.Append((byte)'}');
    }

    /// <summary>Windows of the measures around values and per group that a rule reads.</summary>
    public IEnumerable<(string Name, PlanWindow Window)> Windows(RulePlan rule) => rule.Arounds.Select(a => plan.Arounds[a])
        .Select(a => (a.Name, new PlanWindow(PlanWindowKind.Sliding, a.Length, a.Step, 0)))
        .Concat(rule.GroupMeasures.Select(m => (plan.GroupMeasures[m].Name, plan.GroupMeasures[m].Window)))
        .Concat(rule.Alignments.Select(a => (plan.Alignments[a].Name, plan.Alignments[a].Window)));

    public IEnumerable<string> Warming(RulePlan rule, long tau) =>
        rule.Arounds.Where(a => links.IsWarmingAround(a, tau)).Select(a => plan.Arounds[a].Name)
            .Concat(rule.GroupMeasures.Where(m => links.IsWarmingPerGroup(m, tau)).Select(m => plan.GroupMeasures[m].Name))
            .Concat(rule.Alignments.Where(a => alignments.IsWarming(a, tau)).Select(a => plan.Alignments[a].Name));

    private void Reasons(TextBuffer text, LinkPlan link, int handle)
    {
        text.Append(",\"reasons\":["u8);
        var first = true;
        foreach (var reason in links.ReasonsOf(link.Index, handle))
        {
            text.Append(first ? "{\"by\":"u8 : ",{\"by\":"u8);
            text.AppendString(reason.Way);
            text.Append(",\"members\":"u8);
            text.AppendNumber((long)reason.Members);
            text.Append((byte)'}');
            first = false;
        }
        text.Append((byte)']');
    }

    private void Members(TextBuffer text, LinkPlan link, int handle)
    {
        links.MembersOf(link.Index, handle, _members);
        _members.Sort((a, b) => tables.Compare(link.MemberDomain, a, b));
        text.Append(",\"members\":["u8);
        for (var i = 0; i < Math.Min(MostMembers, _members.Count); i++)
        {
            if (i > 0) text.Append((byte)',');
            text.AppendString(tables[link.MemberDomain].Bytes(_members[i]));
        }
        text.Append("],\"others\":"u8);
        text.AppendNumber((long)Math.Max(0, _members.Count - MostMembers));
    }
}
