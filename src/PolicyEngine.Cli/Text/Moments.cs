using System.Globalization;

namespace PolicyEngine.Cli.Text;

/// <summary>Times as people write and read them, always UTC.</summary>
internal static class Moments
{
    /// <summary>`2026-02-03 09:14:07Z`, with milliseconds only where there are some.</summary>
    public static string Show(long milliseconds)
    {
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return moment.ToString(moment.Millisecond == 0 ? "yyyy-MM-dd HH:mm:ss'Z'" : "yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>Milliseconds since the epoch of `2026-02-03`, `2026-02-03T09:14:07Z` or any other RFC 3339 time.</summary>
    public static long Read(string text, string option)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var moment)
            ? moment.ToUnixTimeMilliseconds()
            : throw new CommandFailure(ExitCode.Usage, $"`{text}` is no time for {option}") { Help = "like this: 2026-02-03T09:00:00Z" };
    }
}
