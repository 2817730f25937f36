using System.Text;

namespace PolicyEngine.Language.Sigma;

/// <summary>The modifiers that write a value anew: base64, its three offsets, and UTF-16.</summary>
internal static class SigmaEncoding
{
    /// <summary>Bytes of text as a text: UTF-8 where they are that, else one sign a byte.</summary>
    public static string ToText(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return text.Contains('\ufffd', StringComparison.Ordinal) ? Encoding.Latin1.GetString(bytes) : text;
    }

    public static byte[] Utf16(string text, bool bigEndian, bool mark)
    {
        var encoding = new UnicodeEncoding(bigEndian, mark);
        return [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
    }

    public static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);

    /// <summary>
    /// What the bytes look like within longer encoded text: for each of the three ways to lie across groups of three, the signs that do not
    /// depend on what stands around.
    /// </summary>
    public static IEnumerable<string> Base64Offsets(byte[] bytes)
    {
        int[] first = [0, 2, 3];
        for (var shift = 0; shift < 3; shift++)
        {
            byte[] shifted = [.. Enumerable.Repeat((byte)' ', shift), .. bytes];
            var encoded = Convert.ToBase64String(shifted);
            var dropped = (shifted.Length % 3) switch { 0 => 0, 1 => 3, _ => 2 };
            var length = encoded.Length - dropped - first[shift];
            if (length > 0) yield return encoded.Substring(first[shift], length);
        }
    }
}
