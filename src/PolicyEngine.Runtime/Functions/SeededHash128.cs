using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// A fast 128-bit hash for tables, keyed by a secret seed so that nobody who does not know it can craft colliding keys. Never
/// written down and never compared between processes: its values differ with the seed, and may differ between versions.
/// </summary>
/// <remarks>Two AES rounds a block and three at the end; processors without AES take the same steps in software, with the same
/// result.</remarks>
public readonly struct SeededHash128
{
    // Words rather than vectors: types that hold a vector have no settled layout, and what meets them is not compiled ahead of time.
    private readonly Bits128 first;
    private readonly Bits128 second;

    /// <summary>The seed is given by the caller: this room has no randomness.</summary>
    public SeededHash128(Bits128 seed)
    {
        first = seed;
        var state = Round(First, Vector128.Create(0x9E3779B97F4A7C15UL, 0xC2B2AE3D27D4EB4FUL).AsByte());
        var halves = Round(state, First).AsUInt64();
        second = new Bits128(halves[1], halves[0]);
    }

    private Vector128<byte> First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(first.Low, first.High).AsByte();
    }

    private Vector128<byte> Second
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(second.Low, second.High).AsByte();
    }

    public Bits128 Hash(ReadOnlySpan<byte> key)
    {
        var state = First ^ Vector128.CreateScalar((ulong)key.Length).AsByte();
        ref var start = ref MemoryMarshal.GetReference(key);
        nuint at = 0;
        var left = key.Length;
        while (left > 16)
        {
            state = Absorb(state, Vector128.LoadUnsafe(ref start, at));
            at += 16;
            left -= 16;
        }
        state = Absorb(state, LoadTail(ref start, at, left, key.Length));
        state = Round(state, First);
        var halves = Round(state, Second).AsUInt64();
        return new Bits128(halves[1], halves[0]);
    }

    /// <summary>The lower half: enough for a table index with a tag.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Hash64(ReadOnlySpan<byte> key) => Hash(key).Low;

    /// <summary>The lower half for a key of up to 16 bytes that is in a register already, zeros behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong Hash64(Vector128<byte> words, int length)
    {
        var state = Absorb(First ^ Vector128.CreateScalar((ulong)length).AsByte(), words);
        return Round(Round(state, First), Second).AsUInt64().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Absorb(Vector128<byte> state, Vector128<byte> block) => Round(Round(state ^ block, Second), First);

    /// <summary>
    /// The last 1 to 16 bytes without reading outside the key; overlapping loads keep distinct keys of one length distinct.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> LoadTail(ref byte start, nuint at, int left, int length)
    {
        if (length >= 16)
            return Vector128.LoadUnsafe(ref start, (nuint)length - 16);
        ref var tail = ref Unsafe.Add(ref start, at);
        if (left >= 8)
            return Vector128.Create(ReadUInt64(ref tail), ReadUInt64(ref Unsafe.Add(ref tail, left - 8))).AsByte();
        if (left >= 4)
            return Vector128.Create(ReadUInt32(ref tail), ReadUInt32(ref Unsafe.Add(ref tail, left - 4)), 0u, 0u).AsByte();
        if (left == 0)
            return Vector128<byte>.Zero;
        return Vector128.CreateScalar(
            (uint)tail | ((uint)Unsafe.Add(ref tail, left >> 1) << 8) | ((uint)Unsafe.Add(ref tail, left - 1) << 16)).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ReadUInt64(ref byte at) => Unsafe.ReadUnaligned<ulong>(ref at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ReadUInt32(ref byte at) => Unsafe.ReadUnaligned<uint>(ref at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Round(Vector128<byte> state, Vector128<byte> key) =>
        Aes.IsSupported ? Aes.Encrypt(state, key) : SoftwareAes.Round(state, key);
}
