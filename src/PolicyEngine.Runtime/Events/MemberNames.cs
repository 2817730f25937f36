using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// The member names of one line's objects, to find the one that comes twice. Exact, and linear however many members a line has.
/// </summary>
internal sealed class MemberNames
{
    private readonly SeededHash128 hash = new(new Bits128(0x6A09E667F3BCC908, 0xBB67AE8584CAA73B));
    private int[] slots = new int[64];
    private Member[] members = new Member[32];
    private int count;
    private int objects;

    public void Clear()
    {
        for (var i = 0; i < count; i++) slots[members[i].Slot] = 0;
        count = 0;
        objects = 0;
    }

    /// <summary>A number for an object that begins.</summary>
    public int NewObject() => objects++;

    /// <summary>False if the object has that name already. The name is a slice of the text, unescaped.</summary>
    public bool Add(int owner, byte[] text, int start, int length)
    {
        var name = text.AsSpan(start, length);
        var hashed = (uint)hash.Hash64(name) + (uint)owner * 0x9E3779B9;
        var at = (int)hashed & (slots.Length - 1);
        for (; slots[at] != 0; at = (at + 1) & (slots.Length - 1))
        {
            ref var other = ref members[slots[at] - 1];
            if (other.Owner == owner && other.Hash == hashed && text.AsSpan(other.Start, other.Length).SequenceEqual(name)) return false;
        }
        if (count == members.Length) Array.Resize(ref members, count * 2);
        members[count++] = new Member(owner, hashed, start, length, at);
        slots[at] = count;
        if (count * 2 > slots.Length) Grow();
        return true;
    }

    private void Grow()
    {
        slots = new int[slots.Length * 2];
        for (var i = 0; i < count; i++)
        {
            var at = (int)members[i].Hash & (slots.Length - 1);
            while (slots[at] != 0) at = (at + 1) & (slots.Length - 1);
            slots[at] = i + 1;
            members[i] = members[i] with { Slot = at };
        }
    }

    private readonly record struct Member(int Owner, uint Hash, int Start, int Length, int Slot);
}
