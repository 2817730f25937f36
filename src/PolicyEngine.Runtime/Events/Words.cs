using System.Text;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Events;

/// <summary>The words in which rejections speak to whoever sent the event.</summary>
internal static class Words
{
    private const int LongestQuote = 64;

    /// <summary>The sender's own bytes between backticks, cut to a size that a log can bear.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        var cut = text;
        if (text.Length > LongestQuote)
        {
            var end = LongestQuote;
            while (end > 0 && (text[end] & 0xC0) == 0x80) end--;
            cut = text[..end];
        }
        var written = Encoding.UTF8.GetString(cut);
        foreach (var character in written)
            if (char.IsControl(character)) written = written.Replace(character, ' ');
        return cut.Length < text.Length ? $"`{written}…`" : $"`{written}`";
    }

    public static string Expected(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => "true or false",
        ValueKind.Integer or ValueKind.Fingerprint => "an integer of 64 bits",
        ValueKind.Number or ValueKind.Share or ValueKind.Rate => "a finite number",
        ValueKind.Time => "a time (RFC 3339 text or milliseconds since 1970)",
        ValueKind.Duration => "a duration (milliseconds, or text such as \"1h30m\")",
        ValueKind.Ip => "an internet address as text",
        ValueKind.Cidr => "a network as text",
        ValueKind.List => "a list",
        ValueKind.Missing => "a value",
        _ => "text",
    };

    public static string Found(JsonKind kind) => kind switch
    {
        JsonKind.Null => "null",
        JsonKind.Boolean => "a boolean",
        JsonKind.Number => "this number",
        JsonKind.Text => "this text",
        JsonKind.Object => "an object",
        JsonKind.NullInList => "a null inside a list",
        _ => "a list",
    };
}
