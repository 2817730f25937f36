using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>P25xx: lists and their files.</summary>
internal static class ListErrors
{
    public static Diagnostic WrongEntry(TextSpan span, string list, PolicyType element, PolicyType found) =>
        Report.Error("P2501", span, $"`{list}` holds values of type {element}, and this is {Report.Describe(found)}");

    public static Diagnostic NoFile(TextSpan span, string path) =>
        Report.Error("P2502", span, $"there is no file `{path}` in the folder of the pack");

    public static Diagnostic OutsidePack(TextSpan span, string path) =>
        Report.Error("P2503", span, $"`{path}` does not lie in the folder of the pack", "list files are named by their path from the pack's folder");

    public static Diagnostic WrongLine(TextSpan span, string value, PolicyType element) =>
        Report.Error("P2504", span, $"`{value}` is not of the type {element}, which this list holds");

    public static Diagnostic WrongExpiry(TextSpan span, string value) =>
        Report.Error("P2505", span, $"`{value}` is no date", "dates are written `2027-03-31` or `2027-03-31T09:00:00Z`");

    public static Diagnostic OpenQuote(TextSpan span) => Report.Error("P2506", span, "a quote is opened here and not closed on this line");

    public static Diagnostic NoBundle(TextSpan span, string path) =>
        Report.Error("P2507", span, $"`{path}` is no STIX bundle", "a list file that ends in `.json` is an object with a list `objects`");

    public static Diagnostic PatternNotRead(TextSpan span) =>
        Report.Warning("P2508", span, "this indicator is more than a list of values, and the list goes without it",
            "what is read are values joined by OR: `[ipv4-addr:value = '192.0.2.1' OR …]`");

    public static Diagnostic TooManyEntries(TextSpan span, string list, int limit) =>
        Report.Error("P3105", span, $"`{list}` has more than {limit} entries");
}
