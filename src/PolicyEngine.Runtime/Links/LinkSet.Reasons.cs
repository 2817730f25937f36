namespace PolicyEngine.Runtime.Links;

/// <summary>A kind of attribute that joins members of a group now, and how many.</summary>
internal readonly record struct Reason(string Way, int Members);

/// <summary>Why a group is one (F8).</summary>
internal sealed partial class LinkSet
{
    private readonly List<int> _reasonMembers = [];

    /// <summary>Ways that join two members or more, by number of members, then as declared.</summary>
    public IReadOnlyList<Reason> ReasonsOf(int link, int handle)
    {
        MembersOf(link, handle, _reasonMembers);
        var graph = _graphs[link];
        var reasons = new List<(Reason Reason, int Order)>();
        for (var way = 0; way < Plan.Links[link].Ways.Count; way++)
        {
            var count = 0;
            foreach (var member in _reasonMembers)
                if (Shares(graph.Way(way), member)) count++;
            if (count > 0) reasons.Add((new Reason(Plan.Links[link].Ways[way].Text, count), way));
        }
        return [.. reasons.OrderByDescending(r => r.Reason.Members).ThenBy(r => r.Order).Select(r => r.Reason)];
    }

    /// <summary>Whether a member bears a value that joins it to another.</summary>
    private static bool Shares(EdgeTable table, int member)
    {
        for (var edge = table.FirstOfMember(member); edge != 0; edge = table[edge].NextOfMember)
            if (table[edge].IsJoined && table.StateOf(table[edge].Value).Joined > 1) return true;
        return false;
    }
}
