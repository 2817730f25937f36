using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Values;

/// <summary>
/// The shortest decimal digits that give a double back, as 0.d₁d₂… · 10^exponent: rounding for readers happens on these, not on
/// the binary value, so that 0.145 is 14.5 %.
/// </summary>
internal ref struct DecimalDigits
{
    internal const int Capacity = 32;
    private readonly Span<byte> digits;
    private readonly bool negative;
    private int count;
    private int exponent;

    internal DecimalDigits(double value, Span<byte> storage)
    {
        digits = storage;
        ReadShortest(value);
        negative = value < 0 && count > 0;
    }

    /// <summary>Moves the decimal point to the right.</summary>
    internal void Shift(int places) => exponent += places;

    /// <summary>Keeps so many decimals, half away from zero, and drops zeros at the end.</summary>
    internal void Round(int decimals)
    {
        var kept = exponent + decimals;
        if (kept < count)
        {
            var up = kept >= 0 && digits[kept] >= 5;
            count = Math.Max(kept, 0);
            if (up)
                Increment();
        }
        while (count > 0 && digits[count - 1] == 0)
            count--;
    }

    internal readonly void Append(TextBuffer output)
    {
        if (count == 0)
        {
            output.Append((byte)'0');
            return;
        }
        if (negative)
            output.Append((byte)'-');
        if (exponent <= 0)
            output.Append((byte)'0');
        for (var i = Math.Min(0, exponent); i < Math.Max(count, exponent); i++)
        {
            if (i == exponent && i < count)
                output.Append((byte)'.');
            output.Append((byte)('0' + (i >= 0 && i < count ? digits[i] : 0)));
        }
    }

    private void Increment()
    {
        for (var i = count - 1; i >= 0; i--)
        {
            if (++digits[i] < 10)
                return;
            digits[i] = 0;
        }
        // All nines: a one before them.
        digits[0] = 1;
        count = Math.Max(count, 1);
        exponent++;
    }

    private void ReadShortest(double value)
    {
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var length, "R", System.Globalization.CultureInfo.InvariantCulture);
        var pointSeen = false;
        for (var i = 0; i < length; i++)
        {
            var character = text[i];
            if (character == 'E')
            {
                exponent += int.Parse(text[(i + 1)..length], System.Globalization.CultureInfo.InvariantCulture);
                break;
            }
            if (character == '.')
                pointSeen = true;
            else if (character != '-')
                Take(character - '0', pointSeen);
        }
    }

    private void Take(int digit, bool afterPoint)
    {
        if (count == 0 && digit == 0)
        {
            // A zero before the first digit only moves the point.
            if (afterPoint)
                exponent--;
            return;
        }
        digits[count++] = (byte)digit;
        if (!afterPoint)
            exponent++;
    }
}
