using System.Runtime.InteropServices;

namespace PolicyEngine.DryRun.Campaigns;

/// <summary>
/// How much more often the members of a group act in one slot of ten seconds than chance within blocks of ten minutes would have it:
/// (coincidences + 1) / (expected + 1), as the language's `alignment`. Events come in order of time.
/// </summary>
internal sealed class SlotTiming
{
    private const long Slot = 10_000;
    private const int SlotsPerBlock = 60;
    private readonly HashSet<int> _inSlot = [];
    private readonly Dictionary<int, int> _slotsOfMember = [];
    private long _slot = long.MinValue;
    private long _coincidences;
    private double _expected;

    public long Coincidences => _coincidences;

    public double Expected => _expected;

    public double Alignment => (_coincidences + 1) / (_expected + 1);

    public void Add(int member, long time)
    {
        var slot = time / Slot;
        if (slot > _slot)
        {
            EndSlot();
            if (slot / SlotsPerBlock != _slot / SlotsPerBlock) EndBlock();
            _slot = slot;
        }
        _inSlot.Add(member);
    }

    /// <summary>Nothing follows.</summary>
    public void Finish()
    {
        EndSlot();
        EndBlock();
    }

    private void EndSlot()
    {
        _coincidences += (long)_inSlot.Count * (_inSlot.Count - 1) / 2;
        foreach (var member in _inSlot) CollectionsMarshal.GetValueRefOrAddDefault(_slotsOfMember, member, out _)++;
        _inSlot.Clear();
    }

    private void EndBlock()
    {
        long sum = 0, squares = 0;
        foreach (var slots in _slotsOfMember.Values)
        {
            sum += slots;
            squares += (long)slots * slots;
        }
        _expected += (double)(sum * sum - squares) / (2 * SlotsPerBlock);
        _slotsOfMember.Clear();
    }
}
