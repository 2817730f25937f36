using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// Dotted addresses out of a line's text, all characters at once: how long their parts are changes from line to line, so a loop over
/// them would be guessed wrong.
/// </summary>
internal static unsafe class IpDigits
{
    private const int Longest = 15;

    /// <summary>
    /// False: no dotted address, or none that this sees. Sixteen bytes from the text on may be read, and four before it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(byte* text, int length, out uint address)
    {
        address = 0;
        if (length > Longest) return false;
        var block = Vector128.Load(text);
        var inside = (1u << length) - 1;
        var dots = Vector128.Equals(block, Vector128.Create((byte)'.')).ExtractMostSignificantBits() & inside;
        var digits = Vector128.LessThan(block - Vector128.Create((byte)'0'), Vector128.Create((byte)10)).ExtractMostSignificantBits();
        if (((dots | digits) & inside) != inside || BitOperations.PopCount(dots) != 3) return false;
        var first = BitOperations.TrailingZeroCount(dots);
        dots &= dots - 1;
        var second = BitOperations.TrailingZeroCount(dots);
        var third = BitOperations.TrailingZeroCount(dots & (dots - 1));
        uint a = Part(text, 0, first), b = Part(text, first + 1, second), c = Part(text, second + 1, third), d = Part(text, third + 1, length);
        address = a << 24 | b << 16 | c << 8 | d;
        return (a | b | c | d) <= byte.MaxValue;
    }

    /// <summary>A number above 255 for whatever is no part of an address: empty, too long, too great, with zeros in front.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Part(byte* text, int start, int end)
    {
        var length = end - start;
        if ((uint)(length - 1) > 2) return uint.MaxValue;
        // The last digit in the highest byte; what stands before the part is masked away.
        var word = Unsafe.ReadUnaligned<uint>(text + end - 4) & (0x0F0F_0F0Fu << (32 - 8 * length));
        var value = (word >> 24) + (word >> 16 & 0xF) * 10 + (word >> 8 & 0xF) * 100;
        var least = 0x640A_0000u >> (8 * length) & 0xFF;
        return value < least ? uint.MaxValue : value;
    }
}
