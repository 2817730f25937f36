using System.Text;

namespace PolicyEngine.Runtime.Events;

internal enum MemberRole : byte { Id, Time, Sequence, Type }

/// <summary>A value of the event's frame (id, time, sequence, type) at one of the paths that the plan's types ask for.</summary>
internal readonly record struct FrameUse(int Slot, bool IsNested);

/// <summary>Not nested: one member that bears the whole path as its name.</summary>
internal readonly record struct TargetUse(int Target, bool IsNested);

/// <summary>
/// One name on the way from the root of the event's object to what the plan reads. A path of several names is also found as one
/// member whose name contains the dots; if an event has both, the nested one counts.
/// </summary>
internal sealed class PathNode(string name)
{
    private readonly KeyTable names = new((0x51ED270B35F2C4A9, 0x9AC8E5D3F1B7264B));
    private readonly List<PathNode> children = [];

    /// <summary>The names from the root on, with dots.</summary>
    public string Name => name;

    public List<TargetUse> Targets { get; } = [];

    public List<FrameUse> Frame { get; } = [];

    /// <summary>A name of the frame that nothing reads here: not unknown.</summary>
    public bool IsReserved { get; set; }

    public bool IsLeaf => Targets.Count + Frame.Count > 0 || IsReserved;

    public bool HasChildren => children.Count > 0;

    public PathNode? Find(ReadOnlySpan<byte> member)
    {
        var handle = names.Find(member);
        return handle < 0 ? null : children[handle];
    }

    public PathNode Child(string member, string fullName)
    {
        var handle = names.Intern(Encoding.UTF8.GetBytes(member));
        if (handle == children.Count) children.Add(new PathNode(fullName));
        return children[handle];
    }
}
