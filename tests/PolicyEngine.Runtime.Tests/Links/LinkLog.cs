using System.Text;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Links;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Links;

/// <summary>One entry of a log: an edge seen, or a label given or taken.</summary>
internal sealed record LinkStep(long Tau, int Way, int Member, int Value, bool? Label = null)
{
    public override string ToString() => Label is { } has ? $"{Tau} label {Member} {has}" : $"{Tau} {Member}-{Way}/{Value}";
}

/// <summary>A graph that is told a log, boundaries when they are due.</summary>
internal sealed class LinkDriver
{
    private const int Members = 0;
    private const int GroupIds = 1;
    private readonly KeyTables _keys = new([
        new DomainPlan(Members, DomainKind.Entity, "account", []), new DomainPlan(GroupIds, DomainKind.Entity, "ring", [])], (1, 2));
    private readonly LabelWatch _label = new();
    private readonly int _members;
    private long _tau = long.MinValue;

    public LinkDriver(LinkPlan plan, int members)
    {
        _members = members;
        // Handles must be no order: the greatest key comes first.
        for (var m = 0; m < members; m++) _keys[Members].Intern(Encoding.UTF8.GetBytes(NameOf(members - 1 - m)));
        Graph = new LinkGraph(plan, _keys, [.. plan.Ways.Select(w => w.WithoutLabel >= 0 ? _label : null)]);
    }

    public LinkGraph Graph { get; }

    public static LinkPlan PlanOf(long length, long step, params WayPlan[] ways) => new(0, "p.ring", "h", Members, GroupIds, length, step, ways);

    public static string NameOf(int member) => $"m{member:00}";

    public int Handle(int member) => _members - 1 - member;

    public void Step(LinkStep step)
    {
        MoveTo(step.Tau);
        Graph.ForgetJoined();
        if (step.Label is { } has) _label.Set(Handle(step.Member), has);
        else Graph.Enter(step.Way, Handle(step.Member), step.Value, step.Tau);
    }

    public void MoveTo(long tau)
    {
        while (_tau != long.MinValue && Graph.NextBoundary(_tau) is { } due && due <= tau)
        {
            Graph.Boundary(due);
            _tau = due;
        }
        _tau = tau;
    }

    /// <summary>The id of the member's group, empty for none.</summary>
    public string GroupOf(int member) => Text(Graph.GroupOf(Handle(member)));

    public IEnumerable<string> Joined => Graph.Joined.Where(j => Graph.GroupOf(j.Key) is >= 0 and var now && now != j.Value)
        .Select(j => NameOf(_members - 1 - j.Key)).Order(StringComparer.Ordinal);

    private string Text(int handle) => handle < 0 ? "" : Encoding.UTF8.GetString(_keys[GroupIds].Bytes(handle));
}
