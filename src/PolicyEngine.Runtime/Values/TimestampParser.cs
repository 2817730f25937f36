using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PolicyEngine.Runtime.Values;

/// <summary>
/// RFC 3339 text to milliseconds since 1970-01-01 UTC. Digits beyond the millisecond are cut; up to six of them come back as a
/// sequence number that orders events of one millisecond. Keeps the last date it saw, since neighbours in a log share it: one
/// parser per reader, by reference.
/// </summary>
public struct TimestampParser
{
    private const int SequenceDigits = 6;
    private const int ShortestLength = 20;
    private ulong dateHead;
    private ushort dateTail;
    private long dateMilliseconds;

    /// <summary>
    /// Years 0001 to 9999; `T`, `t` or a blank between date and time; `Z`, `z` or an offset up to ±23:59; any number of fraction
    /// digits. A second of 60 is refused, as are dates that do not exist. False leaves nothing usable in the results.
    /// </summary>
    public bool TryParse(ReadOnlySpan<byte> text, out long milliseconds, out int sequence)
    {
        milliseconds = 0;
        sequence = 0;
        if (text.Length < ShortestLength || !TryParseDate(text, out var date) || !TryParseClock(text, out var clock))
            return false;

        if (TryParseMilliseconds(text, out var below))
        {
            milliseconds = date + clock + below;
            return true;
        }
        var at = 19;
        if (text[at] == '.' && !TryParseFraction(text, ref at, ref clock, out sequence))
            return false;
        if (!TryParseOffset(text, at, out var offset))
            return false;
        milliseconds = date + clock - offset;
        return true;
    }

    /// <summary>Digits only, with an optional sign: epoch milliseconds.</summary>
    public static bool TryParseEpoch(ReadOnlySpan<byte> text, out long milliseconds) =>
        System.Buffers.Text.Utf8Parser.TryParse(text, out milliseconds, out var read) && read == text.Length && text[0] != '+';

    private bool TryParseDate(ReadOnlySpan<byte> text, out long date)
    {
        var head = MemoryMarshal.Read<ulong>(text);
        var tail = MemoryMarshal.Read<ushort>(text[8..]);
        // Nothing is remembered yet while the head is 0.
        if (head != 0 && head == dateHead && tail == dateTail)
        {
            date = dateMilliseconds;
            return true;
        }
        date = 0;
        if (text[4] != '-' || text[7] != '-'
            || !TryTwo(text, 0, out var century) || !TryTwo(text, 2, out var years)
            || !TryTwo(text, 5, out var month) || !TryTwo(text, 8, out var day)
            || !CivilDate.IsValid(century * 100 + years, month, day))
            return false;
        date = CivilDate.ToDays(century * 100 + years, month, day) * CivilDate.MillisecondsPerDay;
        dateHead = head;
        dateTail = tail;
        dateMilliseconds = date;
        return true;
    }

    private static bool TryParseClock(ReadOnlySpan<byte> text, out long clock)
    {
        clock = 0;
        if ((text[10] | 0x20) != 't' && text[10] != ' ')
            return false;
        // Eight bytes hh:mm:ss at once: the digits must be digits and the colons colons.
        var word = BinaryPrimitives.ReadUInt64LittleEndian(text[11..]) ^ 0x3030_3A30_303A_3030;
        if (((word + 0x0606_0006_0600_0606) & 0xF0F0_00F0_F000_F0F0) != 0 || (word & 0xF0F0_FFF0_F0FF_F0F0) != 0)
            return false;
        var hours = (int)(word & 0xF) * 10 + (int)((word >> 8) & 0xF);
        var minutes = (int)((word >> 24) & 0xF) * 10 + (int)((word >> 32) & 0xF);
        var seconds = (int)((word >> 48) & 0xF) * 10 + (int)((word >> 56) & 0xF);
        clock = (hours * 3600L + minutes * 60 + seconds) * 1000;
        return hours < 24 && minutes < 60 && seconds < 60;
    }

    /// <summary>What most senders write behind the second: three digits and a Z.</summary>
    private static bool TryParseMilliseconds(ReadOnlySpan<byte> text, out int milliseconds)
    {
        milliseconds = 0;
        if (text.Length != 24 || text[19] != '.' || text[23] != 'Z') return false;
        uint hundreds = (uint)text[20] - '0', tens = (uint)text[21] - '0', ones = (uint)text[22] - '0';
        milliseconds = (int)(hundreds * 100 + tens * 10 + ones);
        return hundreds <= 9 && tens <= 9 && ones <= 9;
    }

    private static bool TryParseFraction(ReadOnlySpan<byte> text, ref int at, ref long clock, out int sequence)
    {
        sequence = 0;
        var start = ++at;
        var milliseconds = 0;
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
        {
            var digit = text[at] - '0';
            var place = at++ - start;
            if (place < 3)
                milliseconds = milliseconds * 10 + digit;
            else if (place < 3 + SequenceDigits)
                sequence = sequence * 10 + digit;
        }
        var digits = at - start;
        for (var place = digits; place < 3; place++)
            milliseconds *= 10;
        // .1201 and .120100 are the same instant, so they get the same number.
        for (var place = Math.Max(digits, 3); place < 3 + SequenceDigits; place++)
            sequence *= 10;
        clock += milliseconds;
        return digits > 0;
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> text, int at, out long offset)
    {
        offset = 0;
        var left = text.Length - at;
        if (left == 1)
            return (text[at] | 0x20) == 'z';
        if (left != 6 || text[at] is not ((byte)'+' or (byte)'-') || text[at + 3] != ':'
            || !TryTwo(text, at + 1, out var hours) || !TryTwo(text, at + 4, out var minutes))
            return false;
        offset = (hours * 60L + minutes) * 60_000;
        if (text[at] == '-')
            offset = -offset;
        return hours < 24 && minutes < 60;
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, int at, out int value)
    {
        uint tens = (uint)text[at] - '0', ones = (uint)text[at + 1] - '0';
        value = (int)(tens * 10 + ones);
        return tens <= 9 && ones <= 9;
    }
}
