using System.Globalization;
using System.Net;
using System.Text.Json;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.Differential;

/// <summary>
/// A decision as a flat table of names and texts, made from the oracle's record or from a line of the engine, so that two of them can
/// be compared field by field. Ids and hashes are left out: the oracle has none.
/// </summary>
public static class DecisionFields
{
    private static readonly HashSet<string> NotCompared = ["id", "pack_hash", "severity", "group", "title"];

    public static SortedDictionary<string, string> Of(OracleDecision decision)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["time"] = decision.Time.ToString(CultureInfo.InvariantCulture),
            ["rule"] = decision.Rule,
            ["pack"] = decision.Pack,
            ["stage"] = decision.Stage,
            ["key.type"] = decision.KeyType,
            ["key.id"] = string.Join(',', decision.Key),
            ["suppressed_before"] = decision.SuppressedBefore.ToString(CultureInfo.InvariantCulture),
        };
        if (decision.Event is not null) fields["event"] = decision.Event;
        if (decision.Because.Length > 0) fields["because"] = decision.Because;
        if (decision.Late) fields["late"] = "true";
        if (decision.Warming.Count > 0) fields["warming"] = string.Join(',', decision.Warming);
        foreach (var (name, value) in decision.Values) fields[$"evidence.values.{name}"] = Text(value);
        if (decision.Clauses is { } clauses) fields["evidence.clauses"] = Text(clauses);
        for (var i = 0; i < decision.Steps.Count; i++)
            fields[$"evidence.steps.{i}"] = $"{decision.Steps[i].Name}: {string.Join(" to ", decision.Steps[i].Events)}";
        for (var i = 0; i < decision.Responses.Count; i++) Add(fields, $"responses.{i}", decision.Responses[i]);
        return fields;
    }

    public static SortedDictionary<string, string> Of(string line)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(line);
        foreach (var member in document.RootElement.EnumerateObject().Where(m => !NotCompared.Contains(m.Name)))
        {
            if (member.Name == "warming") fields["warming"] = Sorted(member.Value);
            else if (member.Name == "evidence") Evidence(fields, member.Value);
            else Flatten(fields, member.Name, member.Value);
        }
        if (fields.TryGetValue("time", out var time))
            fields["time"] = Log.EventReader.ParseTime(time)!.Value.Time.ToString(CultureInfo.InvariantCulture);
        return fields;
    }

    private static string Sorted(JsonElement names) =>
        string.Join(',', names.EnumerateArray().Select(n => n.GetString()!).Order(Rules.Strata.Bytes));

    private static void Add(SortedDictionary<string, string> fields, string prefix, OracleResponse response)
    {
        fields[prefix + ".action"] = response.Action;
        fields[prefix + ".outcome"] = response.Outcome;
        // A response upon the event in hand names no entity: the record already names the event.
        if (response.Entity is { Type: not "event" } entity)
        {
            fields[prefix + ".entity.type"] = entity.Type;
            fields[prefix + ".entity.id"] = entity.Id;
        }
        foreach (var (name, value) in response.Arguments) fields[$"{prefix}.args.{name}"] = value;
    }

    private static void Evidence(SortedDictionary<string, string> fields, JsonElement evidence)
    {
        foreach (var part in evidence.EnumerateObject())
        {
            if (part is { Name: "clauses", Value.ValueKind: JsonValueKind.Object }) fields["evidence.clauses"] = Clause(part.Value);
            else if (part.Name == "steps")
            {
                foreach (var (step, i) in part.Value.EnumerateArray().Select((step, i) => (step, i))) fields[$"evidence.steps.{i}"] = Step(step);
            }
            else if (part.Name == "values")
                foreach (var value in part.Value.EnumerateObject()) fields[$"evidence.values.{value.Name}"] = Scalar(value.Value);
        }
    }

    private static void Flatten(SortedDictionary<string, string> fields, string name, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject()) Flatten(fields, $"{name}.{member.Name}", member.Value);
                break;
            case JsonValueKind.Array:
                var i = 0;
                foreach (var item in json.EnumerateArray()) Flatten(fields, $"{name}.{i++}", item);
                break;
            case JsonValueKind.Null or JsonValueKind.False:
                break;
            default:
                fields[name] = Scalar(json);
                break;
        }
    }

    private static string Scalar(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? Text(whole) : Text(json.GetDouble()),
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Null => "missing",
        JsonValueKind.Array => "[" + string.Join(",", json.EnumerateArray().Select(Scalar)) + "]",
        _ => json.GetRawText(),
    };

    private static string Text(object? value) => value switch
    {
        null => "missing",
        string text => text,
        bool truth => truth ? "true" : "false",
        EntityKey entity => entity.Id,
        double number when number == Math.Floor(number) && Math.Abs(number) < 9e15 => ((long)number).ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IPAddress or IPNetwork => value.ToString()!,
        IReadOnlyList<object> items => "[" + string.Join(",", items.Select(Text)) + "]",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Text(OracleClause clause) => clause.Kind == "test"
        ? $"{clause.Text}:{clause.Holds switch { true => "true", false => "false", null => "fault" }}"
        : $"{clause.Kind}({string.Join("; ", clause.Parts.Select(Text))})";

    private static string Step(JsonElement json)
    {
        var events = json.TryGetProperty("events", out var ids) ? ids.EnumerateArray().Select(id => id.GetString()) : [];
        return $"{json.GetProperty("step").GetString()}: {string.Join(" to ", events)}";
    }

    private static string Clause(JsonElement json)
    {
        if (json.TryGetProperty("text", out var text))
            return $"{text.GetString()}:{(json.TryGetProperty("fault", out _) ? "fault" : json.GetProperty("holds").GetBoolean() ? "true" : "false")}";
        var member = json.EnumerateObject().First(m => m.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object);
        var parts = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().Select(Clause) : [Clause(member.Value)];
        return $"{json.EnumerateObject().First().Name}({string.Join("; ", parts)})";
    }
}
