using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>P26xx: packs, their files and their metadata.</summary>
internal static class PackErrors
{
    public static Diagnostic NoPack(TextSpan span, int packsInFolder) =>
        Report.Error("P2601", span, packsInFolder == 0 ? "this file does not say which pack it belongs to" : $"this file does not say to which of the {packsInFolder} packs in its folder it belongs",
            "begin it with `pack NAME`");

    public static Diagnostic TwoPacksInFile(TextSpan span) => Report.Error("P2602", span, "a file belongs to one pack, and this is a second one");

    public static Diagnostic UnknownPack(Name pack, IEnumerable<string> known)
    {
        var error = Report.Error("P2603", pack.Span, $"there is no pack called `{pack.Text}`");
        return Suggestion.Nearest(pack.Text, known) is { } nearest ? (error with { Label = $"did you mean `{nearest}`?" }).Replacing(pack.Span, nearest) : error;
    }

    public static Diagnostic UsesItself(TextSpan span, string pack) => Report.Error("P2604", span, $"the pack `{pack}` uses itself");

    public static Diagnostic Circle(TextSpan span, IReadOnlyList<string> row) =>
        Report.Error("P2604", span, $"packs may not use each other in a circle: {string.Join(" -> ", row)}");

    public static Diagnostic MetadataTwice(TextSpan span, string word, TextSpan first) =>
        Report.Error("P2605", span, $"`{word}` is said twice").Beside(first, "said here already");

    public static Diagnostic FineShare(TextSpan span) =>
        Report.Error("P2606", span, "a share of keys has at most two digits after the point and lies between 0% and 100%");

    public static Diagnostic SecondResponses(TextSpan span, string pack) =>
        Report.Error("P2607", span, $"the responses stand in the pack `{pack}` already; one block holds the whole order");
}
