using System.Globalization;
using static PolicyEngine.Language.Syntax.Generated.PolicyLexer;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>What a number with letters in it was probably meant to be.</summary>
internal static class LiteralGuess
{
    /// <summary>The token type and text meant; no text when nothing can be guessed.</summary>
    public static (int Type, string? Text) Number(string written)
    {
        var digits = written.TakeWhile(c => char.IsAsciiDigit(c) || c is '_' or '.').Count();
        var (number, letters) = (written[..digits].TrimEnd('_'), written[digits..]);
        if (letters is ['e' or 'E', ..] && Exponent(written) is { } plain) return (NUMBER, plain);
        if (number.Contains('.') || letters.Length == 0) return (NUMBER, number.Length == 0 || letters.Length > 0 ? null : number);
        if (DurationUnit(letters) is { } unit) return (DURATION, number.Replace("_", "", StringComparison.Ordinal) + unit);
        if (SizeUnit(letters) is { } size) return (SIZE, number.Replace("_", "", StringComparison.Ordinal) + size);
        return (NUMBER, null);
    }

    /// <summary>The short unit that a word for a span of time stands for; months and years have no fixed length.</summary>
    public static string? DurationUnit(string word) => word.ToLowerInvariant() switch
    {
        "ms" or "msec" or "millis" or "millisecond" or "milliseconds" => "ms",
        "s" or "sec" or "secs" or "second" or "seconds" => "s",
        "m" or "min" or "mins" or "minute" or "minutes" => "m",
        "h" or "hr" or "hrs" or "hour" or "hours" => "h",
        "d" or "day" or "days" => "d",
        "w" or "week" or "weeks" => "w",
        _ => null,
    };

    private static string? SizeUnit(string word) => word.ToLowerInvariant() switch
    {
        "kb" or "k" => "kB",
        "mb" => "MB",
        "gb" or "g" => "GB",
        "tb" or "t" => "TB",
        "kib" => "KiB",
        "mib" => "MiB",
        "gib" => "GiB",
        "tib" => "TiB",
        _ => null,
    };

    private static string? Exponent(string written) =>
        decimal.TryParse(written, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            ? value.ToString(CultureInfo.InvariantCulture)
            : null;
}
