namespace PolicyEngine.Runtime.Values;

/// <summary>Text to address bits. Each caller decides what a refusal means.</summary>
internal static class IpParser
{
    internal static bool TryParseV4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        if (text.Length is < 7 or > 15)
            return false;
        uint part = 0;
        int digits = 0, dots = 0;
        foreach (var character in text)
        {
            var digit = (uint)character - '0';
            if (digit <= 9)
            {
                // A leading zero reads as octal elsewhere: an address with two readings is refused.
                if (digits > 0 && part == 0)
                    return false;
                part = part * 10 + digit;
                if (++digits > 3 || part > 255)
                    return false;
            }
            else
            {
                if (character != '.' || digits == 0 || ++dots > 3)
                    return false;
                address = (address << 8) | part;
                part = 0;
                digits = 0;
            }
        }
        address = (address << 8) | part;
        return dots == 3 && digits > 0;
    }

    internal static bool TryParseV6(ReadOnlySpan<byte> text, out Bits128 bits)
    {
        bits = Bits128.Zero;
        if (text.Length is < 2 or > IpValue.MaxTextLength)
            return false;
        // Groups before and after "::" are gathered apart and put together at the end.
        var head = Bits128.Zero;
        var tail = Bits128.Zero;
        int headGroups = 0, tailGroups = 0, at = 0;
        var gap = false;
        if (text.StartsWith("::"u8))
        {
            gap = true;
            at = 2;
        }
        while (at < text.Length)
        {
            var groups = 1;
            if (!TryReadGroup(text[at..], out var value, out var length))
            {
                if (!TryParseV4(text[at..], out value))
                    return false;
                groups = 2;
                length = text.Length - at;
            }
            ref var side = ref gap ? ref tail : ref head;
            side = (side << (16 * groups)) | new Bits128(0, value);
            if (gap)
                tailGroups += groups;
            else
                headGroups += groups;
            if (headGroups + tailGroups > 8)
                return false;
            at += length;
            if (at < text.Length && !TryStep(text, ref at, ref gap))
                return false;
        }
        return TryJoin(head, headGroups, tail, tailGroups, gap, out bits);
    }

    private static bool TryJoin(Bits128 head, int headGroups, Bits128 tail, int tailGroups, bool gap, out Bits128 bits)
    {
        bits = head;
        if (!gap)
            return headGroups == 8;
        // "::" stands for one group of zeros at least.
        if (headGroups + tailGroups > 7)
            return false;
        bits = headGroups == 0 ? tail : (head << (16 * (8 - headGroups))) | tail;
        return true;
    }

    /// <summary>Over one colon, or the two of a gap. A single colon must be followed by a group.</summary>
    private static bool TryStep(ReadOnlySpan<byte> text, ref int at, ref bool gap)
    {
        if (text[at] != ':')
            return false;
        at++;
        if (at < text.Length && text[at] == ':')
        {
            if (gap)
                return false;
            gap = true;
            at++;
            return true;
        }
        return at < text.Length;
    }

    /// <summary>One to four hexadecimal digits that are not the beginning of a dotted tail.</summary>
    private static bool TryReadGroup(ReadOnlySpan<byte> text, out uint value, out int length)
    {
        value = 0;
        length = 0;
        while (length < text.Length && length < 5)
        {
            var character = text[length];
            uint digit;
            if (character is >= (byte)'0' and <= (byte)'9')
                digit = (uint)(character - '0');
            else if ((character | 0x20) is >= 'a' and <= 'f')
                digit = (uint)((character | 0x20) - 'a' + 10);
            else
                break;
            value = (value << 4) | digit;
            length++;
        }
        return length is > 0 and < 5 && (length == text.Length || text[length] != '.');
    }
}
