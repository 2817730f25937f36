using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.Log;

/// <summary>One JSON object to an event of the model, or the reason why it is refused (A12).</summary>
internal sealed partial class EventReader(PolicyModel model)
{
    private readonly Dictionary<string, EventSymbol> _byOutsideName = model.Events.ToDictionary(e => e.OutsideName, StringComparer.Ordinal);

    /// <summary>The event, or null with the reason.</summary>
    public LoggedEvent? Read(int source, string json, out string reason)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return Refuse("json", out reason);
            if (Text(root, "type") is not { } type || !_byOutsideName.TryGetValue(type, out var symbol)) return Refuse("type", out reason);
            return Read(source, json, root, symbol, out reason);
        }
        catch (JsonException)
        {
            return Refuse("json", out reason);
        }
    }

    private static LoggedEvent? Read(int source, string json, JsonElement root, EventSymbol symbol, out string reason)
    {
        if (At(root, PathOf(symbol, "id")) is not { ValueKind: JsonValueKind.String } id) return Refuse("id", out reason);
        if (At(root, PathOf(symbol, "time")) is not { ValueKind: JsonValueKind.String } stamp
            || ParseTime(stamp.GetString()!) is not var (time, sequence))
            return Refuse("time", out reason);
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in symbol.Fields.Where(f => f.Computed is null))
        {
            if (field.TakesAnything)
            {
                fields[field.Name] = field.OutsidePath is ["*"] ? Whole(root, []) : Anything(At(root, field.OutsidePath) ?? At(root, [string.Join('.', field.OutsidePath)]));
                continue;
            }
            if (!TryField(At(root, field.OutsidePath), field.Type, out var value)) return Refuse(field.Name, out reason);
            fields[field.Name] = value;
        }
        reason = "";
        return new LoggedEvent
        {
            Symbol = symbol, Id = id.GetString()!, Time = time, Sequence = sequence, Source = source, Json = json, Fields = fields,
            Origin = Text(root, "source"),
        };
    }

    private static LoggedEvent? Refuse(string why, out string reason)
    {
        reason = why;
        return null;
    }

    private static IReadOnlyList<string> PathOf(EventSymbol symbol, string name) =>
        symbol.Fields.FirstOrDefault(f => f.Name == name && f.Computed is null)?.OutsidePath ?? [name];

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    private static JsonElement? At(JsonElement root, IReadOnlyList<string> path)
    {
        foreach (var step in path)
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(step, out root)) return null;
        return root;
    }

    /// <summary>A scalar as its text, several as lines; objects and lists without a scalar are there and say nothing.</summary>
    private static object? Anything(JsonElement? found) => found?.ValueKind switch
    {
        null => null,
        JsonValueKind.Array when found.Value.EnumerateArray().Select(Scalar).OfType<string>().ToList() is { Count: > 0 } lines => string.Join('\n', lines),
        _ => Scalar(found.Value) ?? Value.Null,
    };

    private static string? Scalar(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => json.GetRawText(),
        _ => null,
    };

    private static string Whole(JsonElement json, List<string> values)
    {
        if (json.ValueKind == JsonValueKind.Object)
            foreach (var member in json.EnumerateObject()) Whole(member.Value, values);
        else if (json.ValueKind == JsonValueKind.Array)
            foreach (var item in json.EnumerateArray()) Whole(item, values);
        else if (Scalar(json) is { } scalar) values.Add(scalar);
        return string.Join('\n', values);
    }

    private static bool TryField(JsonElement? found, PolicyType type, out object? value)
    {
        value = null;
        if (found is not { } json) return type.Optional;
        if (json.ValueKind != JsonValueKind.Null) return TryValue(json, type, out value);
        value = Value.Null;
        return type.Optional;
    }

    private static bool TryValue(JsonElement json, PolicyType type, out object? value)
    {
        value = (type.Kind, json.ValueKind) switch
        {
            (TypeKind.Text, JsonValueKind.String) => json.GetString(),
            (TypeKind.Entity, JsonValueKind.String) => new EntityKey(type.Entity!.Name, json.GetString()!),
            (TypeKind.Integer, JsonValueKind.Number) => Whole(json),
            (TypeKind.Number or TypeKind.Share, JsonValueKind.Number) => Number(json),
            (TypeKind.Boolean, JsonValueKind.True) => true,
            (TypeKind.Boolean, JsonValueKind.False) => false,
            (TypeKind.Time, JsonValueKind.String) => ParseTime(json.GetString()!)?.Time,
            (TypeKind.Ip, JsonValueKind.String) => IPAddress.TryParse(json.GetString(), out var address) ? Value.Unmapped(address) : null,
            (TypeKind.Cidr, JsonValueKind.String) => IPNetwork.TryParse(json.GetString()!, out var network) ? network : null,
            (TypeKind.List, JsonValueKind.Array) => Items(json, type.Element!),
            _ => null,
        };
        return value is not null;
    }

    private static List<object>? Items(JsonElement json, PolicyType element)
    {
        var items = new List<object>();
        foreach (var item in json.EnumerateArray())
        {
            if (!TryValue(item, element, out var value)) return null;
            items.Add(value!);
        }
        return items;
    }

    private static object? Whole(JsonElement json) =>
        json.TryGetInt64(out var whole) ? whole
        : json.TryGetDecimal(out var exact) && exact == decimal.Truncate(exact) && exact is >= long.MinValue and <= long.MaxValue
            ? (long)exact : null;

    private static object? Number(JsonElement json)
    {
        var number = json.GetDouble();
        return double.IsFinite(number) ? number == 0 ? 0.0 : number : null;
    }

    /// <summary>RFC 3339 to milliseconds and the digits below them, six at most (A2, A3).</summary>
    public static (long Time, long Sequence)? ParseTime(string text)
    {
        var match = Stamp().Match(text);
        if (!match.Success) return null;
        var zone = match.Groups[4].Value is "Z" or "z" ? "+00:00" : match.Groups[4].Value;
        if (!DateTimeOffset.TryParseExact(
                $"{match.Groups[1].Value}T{match.Groups[2].Value}{zone}", "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var moment))
            return null;
        var digits = match.Groups[3].Value.PadRight(9, '0');
        return (moment.ToUnixTimeMilliseconds() + long.Parse(digits[..3], CultureInfo.InvariantCulture),
            long.Parse(digits[3..9], CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Stamp();
}
