using System.Buffers.Text;

namespace PolicyEngine.Runtime.Events;

/// <summary>JSON numbers whose grammar was checked already, to the two number kinds of the language (E6).</summary>
internal static class JsonNumber
{
    private const int MostDigits = 19;

    /// <summary>False if the value has a fraction or does not fit 64 bits. `1.0` and `1e3` are integers.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> text, out long value)
    {
        if (Utf8Parser.TryParse(text, out value, out var read) && read == text.Length) return true;
        var negative = text[0] == '-';
        if (!TryDecimal(text[(negative ? 1 : 0)..], out var digits, out var exponent)) return false;
        for (; exponent > 0 && digits != 0; exponent--)
        {
            if (digits > ulong.MaxValue / 10) return false;
            digits *= 10;
        }
        if (digits > (ulong)long.MaxValue + (negative ? 1UL : 0)) return false;
        value = negative ? -(long)digits : (long)digits;
        return true;
    }

    /// <summary>Nearest double; −0 is 0. False if the value is beyond the greatest.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out double value)
    {
        if (!Utf8Parser.TryParse(text, out value, out int read) || read != text.Length || !double.IsFinite(value)) return false;
        if (value == 0) value = 0;
        return true;
    }

    /// <summary>Digits · 10^exponent without trailing zeros; false if a fraction is left, or more digits than any long has.</summary>
    private static bool TryDecimal(ReadOnlySpan<byte> text, out ulong digits, out int exponent)
    {
        digits = 0;
        exponent = 0;
        int kept = 0, zeros = 0, at = 0;
        var fraction = false;
        for (; at < text.Length && (text[at] | 0x20) != 'e'; at++)
        {
            if (text[at] == '.')
            {
                fraction = true;
                continue;
            }
            if (fraction) exponent--;
            // A zero may be the last digit, so it enters only with the next other one.
            if (text[at] == '0')
            {
                if (kept > 0) zeros++;
                continue;
            }
            kept += zeros + 1;
            if (kept > MostDigits) return false;
            for (; zeros >= 0; zeros--) digits *= 10;
            zeros = 0;
            digits += (uint)(text[at] - '0');
        }
        if (digits == 0)
        {
            exponent = 0;
            return true;
        }
        exponent += zeros + Exponent(text[Math.Min(at + 1, text.Length)..]);
        return exponent >= 0;
    }

    /// <summary>Cut at a million: no line is long enough to bring such a number back.</summary>
    private static int Exponent(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var digit in text)
            if (digit is >= (byte)'0' and <= (byte)'9') value = Math.Min(value * 10 + digit - '0', 10_000_000);
        return text.Length > 0 && text[0] == '-' ? -value : value;
    }
}
