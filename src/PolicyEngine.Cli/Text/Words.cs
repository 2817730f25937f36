using System.Globalization;

namespace PolicyEngine.Cli.Text;

/// <summary>Numbers and spans in the words of reports.</summary>
internal static class Words
{
    /// <summary>`1 file`, `3 files`.</summary>
    public static string Count(long number, string noun) => number == 1 ? $"1 {noun}" : $"{Number(number)} {noun}s";

    /// <summary>With thin groups of three: `1 000 000`.</summary>
    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    /// <summary>A share as a percentage with one digit.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    /// <summary>Milliseconds as a policy writes them: `7d`, `1h30m`, `250ms`.</summary>
    public static string Duration(long milliseconds)
    {
        if (milliseconds == 0) return "0s";
        var text = "";
        foreach (var (size, unit) in Units)
        {
            if (milliseconds < size) continue;
            text += string.Create(CultureInfo.InvariantCulture, $"{milliseconds / size}{unit}");
            milliseconds %= size;
        }
        return text;
    }

    private static readonly (long Size, string Unit)[] Units =
        [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s"), (1, "ms")];

    /// <summary>A size in the largest binary unit that leaves a whole part: `3.4 MiB`.</summary>
    public static string Bytes(double bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var unit = 0;
        while (bytes >= 1024 && unit < units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }
        return bytes.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + units[unit];
    }
}
