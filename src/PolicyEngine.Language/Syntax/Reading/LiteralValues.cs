using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>The values of literals that the lexer has let through; each says whether the value exists.</summary>
internal static class LiteralValues
{
    public static bool TryDuration(string text, out long milliseconds)
    {
        milliseconds = 0;
        for (var i = 0; i < text.Length;)
        {
            var digits = i;
            while (i < text.Length && char.IsAsciiDigit(text[i])) i++;
            var unit = i;
            while (i < text.Length && char.IsAsciiLetter(text[i])) i++;
            if (!TryScale(text[digits..unit], UnitMilliseconds(text[unit..i]), out var part) || part > long.MaxValue - milliseconds)
                return Nothing(out milliseconds);
            milliseconds += part;
        }
        return true;
    }

    public static long UnitMilliseconds(string unit) => unit switch
    {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => 604_800_000,
    };

    public static bool TrySize(string text, out long bytes)
    {
        var unit = text.TakeWhile(char.IsAsciiDigit).Count();
        return TryScale(text[..unit], UnitBytes(text[unit..]), out bytes);
    }

    private static long UnitBytes(string unit) => unit switch
    {
        "kB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        "TB" => 1_000_000_000_000,
        "KiB" => 1L << 10,
        "MiB" => 1L << 20,
        "GiB" => 1L << 30,
        _ => 1L << 40,
    };

    private static bool TryScale(string digits, long factor, out long value) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= long.MaxValue / factor
            ? Something(count * factor, out value)
            : Nothing(out value);

    public static bool TryAddress(string text, out IPAddress address)
    {
        // The platform reads `010` as eight and `1.2` as 1.0.0.2; a policy means what it shows.
        var parts = text.Split('.');
        var plain = text.Contains(':') || (parts.Length == 4 && parts.All(p => p.Length is > 0 and <= 3 && (p.Length == 1 || p[0] != '0')));
        if (plain && IPAddress.TryParse(text, out var parsed))
        {
            address = parsed;
            return true;
        }
        address = IPAddress.Any;
        return false;
    }

    public static bool TryNet(string text, out IPAddress address, out int length)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        length = 0;
        if (!TryAddress(text[..slash], out address)) return false;
        var longest = address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128;
        return int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= longest;
    }

    /// <summary>Milliseconds since 1970-01-01T00:00Z of `2027-01-31`, `2027-01-31T09:00Z` or `2027-01-31T09:00:00.5+02:00`.</summary>
    public static bool TryMoment(string text, out long milliseconds)
    {
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string[] formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        return DateTimeOffset.TryParseExact(ShortFraction(text), formats, CultureInfo.InvariantCulture, styles, out var moment)
            ? Something(moment.ToUnixTimeMilliseconds(), out milliseconds)
            : Nothing(out milliseconds);
    }

    /// <summary>Time is kept in milliseconds: digits past the third of a second's fraction say nothing.</summary>
    private static string ShortFraction(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return text;
        var end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return text[..Math.Min(end, dot + 4)] + text[end..];
    }

    private static bool Something(long found, out long value)
    {
        value = found;
        return true;
    }

    private static bool Nothing(out long value)
    {
        value = 0;
        return false;
    }
}
