using System.Numerics;

namespace PolicyEngine.Runtime.Events;

/// <summary>Arrays for lines that must outlive their batch, used again by size so that waiting allocates only until it is full.</summary>
internal sealed class LinePool
{
    private const int SmallestBits = 8;

    private readonly Stack<byte[]>[] free = [.. Enumerable.Range(0, 32).Select(_ => new Stack<byte[]>())];

    public byte[] Take(int length)
    {
        var bits = Math.Max(SmallestBits, 32 - BitOperations.LeadingZeroCount((uint)Math.Max(length - 1, 1)));
        return free[bits].TryPop(out var array) ? array : new byte[1 << bits];
    }

    public void Return(byte[] array) => free[BitOperations.Log2((uint)array.Length)].Push(array);
}
