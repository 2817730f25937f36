using System.Text.Json;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>
/// Indicators of a STIX 2.1 bundle as entries of a list. A list of addresses or ranges takes the values of `ipv4-addr` and `ipv6-addr`,
/// any other list all values but those; who created the indicator and its name are the source, `valid_until` is the end. Revoked ones
/// are left out.
/// </summary>
internal sealed class StixBundle(SourceText file, PolicyType element, List<Diagnostic> diagnostics)
{
    private int _from;

    public IReadOnlyList<ListRow> Rows()
    {
        try
        {
            using var json = JsonDocument.Parse(file.Text);
            if (Member(json.RootElement, "objects") is { ValueKind: JsonValueKind.Array } objects) return [.. objects.EnumerateArray().SelectMany(o => RowsOf(o, objects))];
        }
        catch (JsonException)
        {
            // Said below: the file is no bundle either way.
        }
        diagnostics.Add(ListErrors.NoBundle(new TextSpan(file, 0, Math.Min(file.Text.Length, 1)), file.Path));
        return [];
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private List<ListRow> RowsOf(JsonElement indicator, JsonElement objects)
    {
        if (Text(indicator, "type") != "indicator" || Member(indicator, "revoked") is { ValueKind: JsonValueKind.True }) return [];
        var span = SpanOf(indicator);
        if (Text(indicator, "pattern_type") is not (null or "stix") || Text(indicator, "pattern") is not { } pattern || StixPattern.Read(pattern) is not { } values)
        {
            diagnostics.Add(ListErrors.PatternNotRead(span));
            return [];
        }
        var isAddress = element.Kind is TypeKind.Ip or TypeKind.Cidr;
        var confidence = Member(indicator, "confidence") is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : null;
        return [.. values.Where(v => v.IsAddress == isAddress)
            .Select(v => new ListRow(v.Value, span, SourceOf(indicator, objects), confidence, Text(indicator, "valid_until")))];
    }

    private static string? SourceOf(JsonElement indicator, JsonElement objects)
    {
        var by = Text(indicator, "created_by_ref");
        var identity = by is null ? null : objects.EnumerateArray().Where(o => Text(o, "id") == by).Select(o => Text(o, "name")).FirstOrDefault() ?? by;
        string?[] parts = [identity, Text(indicator, "name") ?? Text(indicator, "id")];
        return parts.OfType<string>().Any() ? string.Join(": ", parts.OfType<string>()) : null;
    }

    /// <summary>Where the pattern stands; indicators come in the order of the text, so each is looked for behind the last.</summary>
    private TextSpan SpanOf(JsonElement indicator)
    {
        var written = (Member(indicator, "pattern") ?? indicator).GetRawText();
        var at = file.Text.IndexOf(written, _from, StringComparison.Ordinal);
        if (at < 0) return new TextSpan(file, 0, Math.Min(file.Text.Length, 1));
        _from = at + written.Length;
        return new TextSpan(file, at, written.Length);
    }
}
