using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>The one writer of JSON for records (M5): fixed field order, shortest round-trip numbers, no white space.</summary>
internal static class JsonText
{
    /// <summary>What JSON does not let stand in a text as it is.</summary>
    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 32).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    private static ReadOnlySpan<byte> Hex => "0123456789abcdef"u8;

    public static void AppendString(this TextBuffer text, ReadOnlySpan<byte> value)
    {
        text.Append((byte)'"');
        AppendEscaped(text, value);
        text.Append((byte)'"');
    }

    public static void AppendString(this TextBuffer text, string value)
    {
        text.Append((byte)'"');
        Span<byte> bytes = stackalloc byte[256];
        if (System.Text.Encoding.UTF8.TryGetBytes(value, bytes, out var length)) AppendEscaped(text, bytes[..length]);
        else AppendEscaped(text, System.Text.Encoding.UTF8.GetBytes(value));
        text.Append((byte)'"');
    }

    public static void AppendEscaped(this TextBuffer text, ReadOnlySpan<byte> value)
    {
        while (true)
        {
            var next = value.IndexOfAny(Special);
            if (next < 0) break;
            text.Append(value[..next]);
            AppendEscape(text, value[next]);
            value = value[(next + 1)..];
        }
        text.Append(value);
    }

    public static void AppendNumber(this TextBuffer text, long value)
    {
        Utf8Formatter.TryFormat(value, text.Reserve(24), out var written);
        text.Advance(written);
    }

    public static void AppendNumber(this TextBuffer text, double value)
    {
        value.TryFormat(text.Reserve(32), out var written, default, CultureInfo.InvariantCulture);
        text.Advance(written);
    }

    public static void AppendTime(this TextBuffer text, long milliseconds)
    {
        text.Append((byte)'"');
        text.Advance(TimestampFormat.Format(milliseconds, text.Reserve(32)));
        text.Append((byte)'"');
    }

    private static void AppendEscape(TextBuffer text, byte value)
    {
        switch (value)
        {
            case (byte)'"': text.Append("\\\""u8); break;
            case (byte)'\\': text.Append("\\\\"u8); break;
            case (byte)'\n': text.Append("\\n"u8); break;
            case (byte)'\r': text.Append("\\r"u8); break;
            case (byte)'\t': text.Append("\\t"u8); break;
            default:
                text.Append("\\u00"u8);
                text.Append(Hex[value >> 4]);
                text.Append(Hex[value & 15]);
                break;
        }
    }
}
