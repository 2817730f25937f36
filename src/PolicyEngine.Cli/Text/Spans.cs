using System.Globalization;
using System.Text.RegularExpressions;

namespace PolicyEngine.Cli.Text;

/// <summary>Spans of time as a policy writes them.</summary>
internal static partial class Spans
{
    /// <summary>Milliseconds of `24h`, `1h30m`, `2w`.</summary>
    public static long Read(string text, string option)
    {
        var match = Span().Match(text);
        if (!match.Success || text.Length == 0)
            throw new CommandFailure(ExitCode.Usage, $"`{text}` is no span of time for {option}") { Help = "like this: 30m, 24h, 7d" };
        var total = 0L;
        foreach (Capture part in match.Groups[1].Captures)
        {
            var unit = part.Value.TrimStart("0123456789".ToCharArray());
            var number = long.Parse(part.Value[..^unit.Length], CultureInfo.InvariantCulture);
            total += number * unit switch { "ms" => 1, "s" => 1000, "m" => 60_000, "h" => 3_600_000, "d" => 86_400_000, _ => 604_800_000L };
        }
        return total;
    }

    [GeneratedRegex("^([0-9]{1,9}(?:ms|s|m|h|d|w))+$")]
    private static partial Regex Span();
}
