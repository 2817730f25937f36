using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Where the list of each key begins, and a small bitmap that says of eight keys at once which of them may have one: two bits of one
/// word for each key, so that few others are taken for it.
/// </summary>
internal sealed class LiteralTable
{
    private const uint Factor = 0x9E3779B1;
    private const int FewestBits = 10;
    /// <summary>32 KiB: more would not stay near the processor.</summary>
    private const int MostBits = 18;
    private const int BitsForKey = 5;
    private readonly Slot[] _slots;
    private readonly uint[] _bits;
    private readonly int _shift;

    /// <param name="lists">Keys, and the places of their lists.</param>
    public LiteralTable(IReadOnlyCollection<(uint Key, int First)> lists)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, lists.Count)) + BitsForKey, FewestBits, MostBits);
        _shift = 32 - (bits - 5);
        _bits = new uint[1 << (bits - 5)];
        _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)(lists.Count * 2) + 2)];
        foreach (var (key, first) in lists) Add(key, first);
    }

    /// <summary>The place of the list under a key; −1 when there is none.</summary>
    public int Find(uint key)
    {
        for (var at = PlaceOf(key); ; at = (at + 1) & (_slots.Length - 1))
        {
            ref readonly var slot = ref _slots[at];
            if (slot.Next == 0 || slot.Key == key) return slot.Next - 1;
        }
    }

    /// <summary>No list is under the key when this is false.</summary>
    public bool MayHave(uint key)
    {
        var hash = key * Factor;
        var both = BitsOf(hash);
        return (_bits[hash >> _shift] & both) == both;
    }

    /// <summary>The same for eight keys: bit i for the i-th.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe uint MayHave(Vector256<uint> keys)
    {
        var hash = keys * Vector256.Create(Factor);
        var one = Vector256.Create(1u);
        var low = Vector256.Create(31u);
        var both = Avx2.ShiftLeftLogicalVariable(one, hash & low) | Avx2.ShiftLeftLogicalVariable(one, (hash >> 5) & low);
        fixed (uint* bits = _bits)
        {
            var words = Avx2.GatherVector256(bits, Vector256.ShiftRightLogical(hash, _shift).AsInt32(), sizeof(uint));
            return Vector256.Equals(words & both, both).ExtractMostSignificantBits();
        }
    }

    private static uint BitsOf(uint hash) => 1u << (int)(hash & 31) | 1u << (int)(hash >> 5 & 31);

    private void Add(uint key, int first)
    {
        var at = PlaceOf(key);
        while (_slots[at].Next != 0) at = (at + 1) & (_slots.Length - 1);
        _slots[at] = new Slot(key, first + 1);
        var hash = key * Factor;
        _bits[hash >> _shift] |= BitsOf(hash);
    }

    private int PlaceOf(uint key) => (int)(key * 0x9E3779B97F4A7C15 >> 32) & (_slots.Length - 1);

    /// <summary>A key and one more than the place of its list; 0 where there is none.</summary>
    private readonly record struct Slot(uint Key, int Next);
}
