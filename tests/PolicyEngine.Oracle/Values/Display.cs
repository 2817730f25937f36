using System.Globalization;
using System.Numerics;
using System.Text;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Oracle.Values;

/// <summary>Values as texts show them (E9): at most three decimals, shares as percentages with at most one, missing as `unknown`.</summary>
internal static class Display
{
    private static readonly (string Unit, long Length)[] Units =
        [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

    public static string Of(object? value, PolicyType type) => value switch
    {
        null => "unknown",
        _ when Value.IsMissing(value) => "unknown",
        double share when type.Kind == TypeKind.Share => Decimals(share, 2, 1) + "%",
        double rate when type.Kind == TypeKind.Rate => Rate(rate),
        double number => Decimals(number, 0, 3),
        long length when type.Kind == TypeKind.Duration => Duration(length),
        long moment when type.Kind == TypeKind.Time => Time(moment),
        IReadOnlyList<object> items => string.Join(", ", items.Select(i => Of(i, type.Element ?? type))),
        _ => Value.KeyText(value),
    };

    /// <summary>The shortest decimal that reads back as the number, shifted and then rounded half away from zero.</summary>
    private static string Decimals(double number, int shift, int places)
    {
        var (digits, exponent) = Shortest(number);
        var keep = -(exponent + shift) - places;
        if (keep > 0) (digits, exponent) = (RoundOff(digits, keep), exponent + keep);
        return Plain(digits, exponent + shift);
    }

    private static (BigInteger Digits, int Exponent) Shortest(double number)
    {
        var text = number.ToString("E16", CultureInfo.InvariantCulture);
        for (var precision = 0; precision < 17; precision++)
        {
            text = number.ToString("E" + precision, CultureInfo.InvariantCulture);
            if (double.Parse(text, CultureInfo.InvariantCulture) == number) break;
        }
        var at = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = text[..at].Replace(".", "", StringComparison.Ordinal);
        var decimals = text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? at - point - 1 : 0;
        return (BigInteger.Parse(mantissa, CultureInfo.InvariantCulture), int.Parse(text[(at + 1)..], CultureInfo.InvariantCulture) - decimals);
    }

    private static BigInteger RoundOff(BigInteger digits, int places)
    {
        var unit = BigInteger.Pow(10, places);
        var quotient = BigInteger.DivRem(BigInteger.Abs(digits), unit, out var rest);
        return (rest * 2 >= unit ? quotient + 1 : quotient) * digits.Sign;
    }

    private static string Plain(BigInteger digits, int exponent)
    {
        if (exponent >= 0) return (digits * BigInteger.Pow(10, exponent)).ToString(CultureInfo.InvariantCulture);
        var text = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(1 - exponent, '0');
        var plain = text[..^-exponent] + "." + text[^-exponent..];
        plain = plain.TrimEnd('0').TrimEnd('.');
        return digits.Sign < 0 && plain != "0" ? "-" + plain : plain;
    }

    private static string Rate(double perSecond)
    {
        foreach (var (unit, seconds) in new[] { ("second", 1.0), ("minute", 60.0), ("hour", 3600.0), ("day", 86400.0) })
            if (perSecond * seconds >= 1 || unit == "day") return $"{Decimals(perSecond * seconds, 0, 3)} per {unit}";
        return "0 per second";
    }

    private static string Duration(long length)
    {
        if (length == 0) return "0s";
        var text = new StringBuilder(length < 0 ? "-" : "");
        var rest = new BigInteger(length);
        rest = BigInteger.Abs(rest);
        var shown = 0;
        foreach (var (unit, size) in Units)
        {
            if (rest < size || shown == 2) continue;
            if (shown > 0) text.Append(' ');
            text.Append(CultureInfo.InvariantCulture, $"{rest / size}{unit}");
            rest %= size;
            shown++;
        }
        return text.ToString();
    }

    public static string Time(long moment) =>
        DateTimeOffset.FromUnixTimeMilliseconds(moment).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
