using System.Globalization;
using System.Net;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Cli.Indicators;

/// <summary>An entry of a list as other tools take it. <paramref name="Expires"/>: as RFC 3339, null: never.</summary>
/// <param name="IsAddress">The list holds addresses or ranges of them.</param>
internal sealed record Indicator(string Value, string? Source, string? Confidence, string? Expires, bool IsAddress)
{
    public static IReadOnlyList<Indicator> Of(ListSymbol list) =>
        [.. list.Entries.Select((entry, i) => Of(entry, i < list.EntryFacts.Count ? list.EntryFacts[i] : null, list.Element.Kind is TypeKind.Ip or TypeKind.Cidr))];

    private static Indicator Of(LiteralExpression entry, ListEntryFacts? facts, bool isAddress) => new(
        TextOf(entry), facts?.Source, facts?.Confidence, facts?.Expires is { } expires ? TimeText(expires) : null, isAddress);

    /// <summary>As list files write it.</summary>
    private static string TextOf(LiteralExpression entry) => entry.Value switch
    {
        long time when entry.Type.Kind == TypeKind.Time => TimeText(time),
        long span when entry.Type.Kind == TypeKind.Duration => span.ToString(CultureInfo.InvariantCulture) + "ms",
        bool truth => truth ? "true" : "false",
        IPAddress or IPNetwork => entry.Value.ToString()!,
        _ => Convert.ToString(entry.Value, CultureInfo.InvariantCulture)!,
    };

    public static string TimeText(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
