using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace PolicyEngine.Service.Api;

/// <summary>Where a page of decisions ended, as an opaque word.</summary>
internal static class Cursor
{
    public static string Write(long time, long position) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{time}:{position}")));

    public static (long Time, long Position)? Read(string cursor)
    {
        try
        {
            var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split(':');
            return parts.Length == 2
                && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? (time, position) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
