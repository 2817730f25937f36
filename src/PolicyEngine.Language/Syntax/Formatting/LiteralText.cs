using System.Globalization;
using System.Text;

namespace PolicyEngine.Language.Syntax.Formatting;

/// <summary>Literals spelled by their value, where no text was written for them.</summary>
internal static class LiteralText
{
    private static readonly (long Size, string Unit)[] Units =
        [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s"), (1, "ms")];

    public static string Of(LiteralSyntax literal) => literal switch
    {
        TextLiteral l => Quote(l.Value).Text,
        PatternLiteral l => $"'{l.Value.Replace("'", "''", StringComparison.Ordinal)}'",
        NumberLiteral { IsInteger: true } l => l.Integer.ToString(CultureInfo.InvariantCulture),
        NumberLiteral l => Decimal(l.Number),
        DurationLiteral l => Duration(l.Milliseconds),
        CidrLiteral l => string.Create(CultureInfo.InvariantCulture, $"{l.Address}/{l.PrefixLength}"),
        BooleanLiteral l => l.Value ? "true" : "false",
        _ => throw new InvalidOperationException($"no spelling for {literal.GetType().Name}"),
    };

    /// <summary>The value between quotes with its escapes, and for each sign of that, and its end, the place in the value.</summary>
    public static (string Text, int[] Places) Quote(string value)
    {
        var text = new StringBuilder("\"");
        List<int> places = [0];
        for (var i = 0; i < value.Length; i++)
        {
            var before = text.Length;
            Escape(text, value[i]);
            for (var k = before; k < text.Length; k++) places.Add(i);
        }
        places.Add(value.Length);
        places.Add(value.Length);
        return (text.Append('"').ToString(), [.. places]);
    }

    private static void Escape(StringBuilder text, char sign)
    {
        if (sign is '"' or '\\') text.Append('\\').Append(sign);
        else if (sign == '\n') text.Append("\\n");
        else if (sign == '\t') text.Append("\\t");
        else if (char.IsControl(sign)) text.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)sign:x}}}");
        else text.Append(sign);
    }

    /// <summary>The language has no exponents: the shortest digits that give the number back, with its point moved.</summary>
    private static string Decimal(double number)
    {
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        if (e < 0) return shortest.Contains('.', StringComparison.Ordinal) ? shortest : shortest + ".0";
        var (sign, mantissa) = shortest[0] == '-' ? ("-", shortest[1..e]) : ("", shortest[..e]);
        var exponent = int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var point = 1 + exponent;
        if (point <= 0) return $"{sign}0.{new string('0', -point)}{digits}";
        return $"{sign}{digits.PadRight(point, '0')}.0";
    }

    private static string Duration(long milliseconds)
    {
        if (milliseconds == 0) return "0s";
        var text = new StringBuilder();
        foreach (var (size, unit) in Units)
        {
            if (milliseconds < size) continue;
            text.Append(CultureInfo.InvariantCulture, $"{milliseconds / size}{unit}");
            milliseconds %= size;
        }
        return text.ToString();
    }
}
