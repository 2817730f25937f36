using System.Text;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Oracle.Values;

/// <summary>Functions whose meaning is their own table or algorithm: taken from the engine and tested there (N1).</summary>
internal static class SharedFunctions
{
    public static string Template(string text) =>
        Runtime.Functions.Template.Fingerprint(Bytes(text)).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    public static double Similarity(string a, string b) => Runtime.Functions.Similarity.Compare(Bytes(a), Bytes(b));

    public static string Normalised(string text)
    {
        var output = new TextBuffer();
        Normalise.Apply(Bytes(text), output);
        return output.ToString();
    }

    public static string? DomainOf(string text)
    {
        var output = new TextBuffer();
        return TextFunctions.TryAppendDomain(Bytes(text), output) ? output.ToString() : null;
    }

    public static double? Distance(double latitudeA, double longitudeA, double latitudeB, double longitudeB) =>
        Geography.TryDistance(latitudeA, longitudeA, latitudeB, longitudeB, out var kilometres) ? kilometres : null;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
