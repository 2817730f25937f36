using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// A key made ready for a look-up: up to <see cref="InlineBytes"/> bytes as they are, zeros behind them; a longer one as its 128-bit
/// hash. The hash chooses the slot.
/// </summary>
internal readonly record struct KeyProbe(Vector128<byte> Words, ulong Hash, int Length)
{
    public const int InlineBytes = 15;

    /// <summary>Sixteen ones, sixteen zeros: a load from 16 − n keeps n bytes.</summary>
    private static ReadOnlySpan<byte> Kept =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    public static KeyProbe Of(ReadOnlySpan<byte> key, in SeededHash128 hash) => key.Length > InlineBytes
        ? OfLong(key, hash)
        : OfWords(Padded(ref MemoryMarshal.GetReference(key), key.Length), key.Length, hash);

    /// <summary>The same for a key behind whose start at least 16 bytes may be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static KeyProbe OfPadded(ref byte key, int length, in SeededHash128 hash) => length > InlineBytes
        ? OfLong(MemoryMarshal.CreateReadOnlySpan(ref key, length), hash)
        : OfWords(Vector128.LoadUnsafe(ref key) & Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(Kept), (nuint)(16 - length)), length, hash);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static KeyProbe OfWords(Vector128<byte> words, int length, in SeededHash128 hash) => new(words, hash.Hash64(words, length), length);

    private static KeyProbe OfLong(ReadOnlySpan<byte> key, in SeededHash128 hash)
    {
        var hashed = hash.Hash(key);
        return new KeyProbe(Vector128.Create(hashed.Low, hashed.High).AsByte(), hashed.Low, key.Length);
    }

    /// <summary>Reads up to 15 bytes without leaving the key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Padded(ref byte key, int length)
    {
        ulong low = 0, high = 0;
        if (length >= 8)
        {
            low = Unsafe.ReadUnaligned<ulong>(ref key);
            if (length > 8) high = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref key, length - 8)) >> (8 * (16 - length));
        }
        else if (length >= 4)
        {
            low = Unsafe.ReadUnaligned<uint>(ref key)
                | (ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref key, length - 4)) << (8 * (length - 4));
        }
        else
        {
            for (var i = 0; i < length; i++) low |= (ulong)Unsafe.Add(ref key, i) << (8 * i);
        }
        return Vector128.Create(low, high).AsByte();
    }
}
