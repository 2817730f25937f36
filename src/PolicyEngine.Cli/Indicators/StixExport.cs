using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolicyEngine.Cli.Indicators;

/// <summary>
/// Indicators as a STIX 2.1 bundle: one `indicator` for each with a pattern, and one `identity` for each source. The same entry has the same
/// id in every export (UUID version 8 of its SHA-256, RFC 9562), so that whoever takes two of them has it once.
/// </summary>
/// <param name="list">What the list is called.</param>
/// <param name="at">When it was exported, RFC 3339.</param>
internal sealed class StixExport(string list, string at)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Guid Namespace = new("00abedb4-aa42-466c-9c01-fed23315a9b7");
    private readonly SortedDictionary<string, JsonObject> _identities = new(StringComparer.Ordinal);

    public string Write(IEnumerable<Indicator> indicators)
    {
        var made = indicators.Select(Of).ToList();
        var bundle = new JsonObject
        {
            ["type"] = "bundle", ["id"] = IdOf("bundle", $"{list}\n{at}"), ["objects"] = new JsonArray([.. _identities.Values, .. made]),
        };
        return bundle.ToJsonString(Indented);
    }

    private JsonObject Of(Indicator indicator)
    {
        var found = Head("indicator", $"{list}\n{indicator.Value}");
        // Read back, an identity and a name are one source again.
        var (identity, name) = indicator.Source?.Split(": ", 2) is [var by, var rest] ? (by, rest) : (null, indicator.Source);
        if (identity is not null) found["created_by_ref"] = Identity(identity);
        found["name"] = name ?? $"{list}: {indicator.Value}";
        found["pattern"] = $"[{Path(indicator)} = '{Escaped(indicator.Value)}']";
        found["pattern_type"] = "stix";
        found["valid_from"] = at;
        if (indicator.Expires is { } expires) found["valid_until"] = expires;
        if (int.TryParse(indicator.Confidence, NumberStyles.None, CultureInfo.InvariantCulture, out var confidence) && confidence <= 100) found["confidence"] = confidence;
        return found;
    }

    private string Identity(string name)
    {
        if (!_identities.TryGetValue(name, out var identity))
        {
            _identities[name] = identity = Head("identity", name);
            identity["name"] = name;
        }
        return identity["id"]!.GetValue<string>();
    }

    private JsonObject Head(string type, string name) => new()
    {
        ["type"] = type, ["spec_version"] = "2.1", ["id"] = IdOf(type, name), ["created"] = at, ["modified"] = at,
    };

    /// <summary>What the list says it holds decides, as when such a file is read; what is no address has no object of its own in STIX.</summary>
    private static string Path(Indicator indicator) =>
        !indicator.IsAddress ? "x-list-entry:value" : indicator.Value.Contains(':', StringComparison.Ordinal) ? "ipv6-addr:value" : "ipv4-addr:value";

    private static string Escaped(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);

    private static string IdOf(string type, string name)
    {
        var hash = SHA256.HashData([.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes($"{type}\n{name}")]).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return $"{type}--{new Guid(hash, bigEndian: true)}";
    }
}
