using System.Buffers.Text;

namespace PolicyEngine.Runtime.Values;

/// <summary>
/// Address to text by RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as "::".
/// </summary>
internal static class IpFormatter
{
    internal static int Format(IpValue value, Span<byte> destination)
    {
        if (value.IsV4)
            return FormatV4(value.V4, destination);

        var (gapStart, gapLength) = LongestZeroRun(value.Bits);
        var at = 0;
        for (var group = 0; group < 8; group++)
        {
            if (group == gapStart)
            {
                destination[at++] = (byte)':';
                destination[at++] = (byte)':';
                group += gapLength - 1;
                continue;
            }
            if (group > 0 && group != gapStart + gapLength)
                destination[at++] = (byte)':';
            at = AppendHex(GroupOf(value.Bits, group), destination, at);
        }
        return at;
    }

    private static int FormatV4(uint address, Span<byte> destination)
    {
        var at = 0;
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            if (shift < 24)
                destination[at++] = (byte)'.';
            Utf8Formatter.TryFormat((byte)(address >> shift), destination[at..], out var written);
            at += written;
        }
        return at;
    }

    private static (int Start, int Length) LongestZeroRun(Bits128 bits)
    {
        var best = (Start: -1, Length: 1);
        for (var group = 0; group < 8;)
        {
            var end = group;
            while (end < 8 && GroupOf(bits, end) == 0)
                end++;
            if (end - group > best.Length)
                best = (group, end - group);
            group = Math.Max(end, group + 1);
        }
        return best.Start < 0 ? (-1, 0) : best;
    }

    private static uint GroupOf(Bits128 bits, int group) => (uint)(bits >> (112 - 16 * group)).Low & 0xFFFF;

    private static int AppendHex(uint group, Span<byte> destination, int at)
    {
        var started = false;
        for (var shift = 12; shift >= 0; shift -= 4)
        {
            var digit = (group >> shift) & 0xF;
            started |= digit != 0 || shift == 0;
            if (started)
                destination[at++] = (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
        }
        return at;
    }
}
