using System.Globalization;

namespace PolicyEngine.Language.Sigma;

/// <summary>
/// The time modifiers: a number of a date as it is written, year first (`2026-01-31T13:05`), without regard to time zones. It is a pattern
/// over the digits, which have a fixed place and width.
/// </summary>
internal static class SigmaDates
{
    private const string Day = "^[0-9]{4}-[0-9]{2}-";
    private const string Never = "[^\\s\\S]";

    /// <summary>The least and greatest number of a part.</summary>
    public static (int Least, int Most) Range(string part) => part switch
    {
        "minute" => (0, 59),
        "hour" => (0, 23),
        "day" => (1, 31),
        "month" => (1, 12),
        _ => (0, 9999),
    };

    public static string Pattern(string part, SigmaTest test, int number)
    {
        var before = part switch
        {
            "year" => "^",
            "month" => "^[0-9]{4}-",
            "day" => Day,
            "hour" => Day + "[0-9]{2}[Tt ]",
            _ => Day + "[0-9]{2}[Tt ][0-9]{2}:",
        };
        var digits = number.ToString(part == "year" ? "D4" : "D2", CultureInfo.InvariantCulture);
        return $"{before}(?:{string.Join('|', Alternatives(digits, test).DefaultIfEmpty(Never))})(?:[^0-9]|$)";
    }

    private static IEnumerable<string> Alternatives(string digits, SigmaTest test)
    {
        if (test is SigmaTest.Text or SigmaTest.LessOrEqual or SigmaTest.GreaterOrEqual) yield return digits;
        if (test == SigmaTest.Text) yield break;
        var isLess = test is SigmaTest.Less or SigmaTest.LessOrEqual;
        for (var i = 0; i < digits.Length; i++)
        {
            // The same digits up to here, then a smaller or greater one, then any.
            if (digits[i] == (isLess ? '0' : '9')) continue;
            var range = isLess ? $"[0-{(char)(digits[i] - 1)}]" : $"[{(char)(digits[i] + 1)}-9]";
            yield return string.Create(CultureInfo.InvariantCulture, $"{digits[..i]}{range}[0-9]{{{digits.Length - i - 1}}}");
        }
    }
}
