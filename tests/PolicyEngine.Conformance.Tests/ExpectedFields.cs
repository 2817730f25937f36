using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolicyEngine.Conformance.Tests;

/// <summary>The decision of an `expected.json` as names and texts like those of <see cref="Oracle.Differential.DecisionFields"/>.</summary>
internal static class ExpectedFields
{
    public static IEnumerable<(string Name, string? Value)> Of(JsonObject decision)
    {
        foreach (var (name, value) in decision)
        {
            switch (name)
            {
                case "time":
                    var moment = DateTimeOffset.Parse(value!.GetValue<string>(), CultureInfo.InvariantCulture);
                    yield return (name, moment.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
                    break;
                case "key":
                    yield return ("key.id", value!.GetValue<string>());
                    break;
                case "values":
                    foreach (var (operand, read) in value!.AsObject()) yield return ($"evidence.values.{operand}", read is null ? "missing" : Text(read));
                    break;
                case "responses":
                    foreach (var field in value!.AsArray().SelectMany((r, i) => Flat($"responses.{i}", r!))) yield return field;
                    break;
                default:
                    yield return (name, value is null ? null : Text(value));
                    break;
            }
        }
    }

    private static IEnumerable<(string, string?)> Flat(string prefix, JsonNode node) => node is JsonObject members
        ? members.SelectMany(m => Flat($"{prefix}.{m.Key}", m.Value!))
        : [(prefix, Text(node))];

    private static string Text(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number => Number(node.GetValue<double>()),
        var kind => kind == JsonValueKind.True ? "true" : "false",
    };

    private static string Number(double number) => number == Math.Floor(number) && Math.Abs(number) < 9e15
        ? ((long)number).ToString(CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture);
}
