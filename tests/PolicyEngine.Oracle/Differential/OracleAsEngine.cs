using System.Text.Json;
using System.Text.Json.Nodes;
using PolicyEngine.Language;
using PolicyEngine.Language.Text;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.Differential;

/// <summary>The oracle behind the engine's interface: with it the comparison and the relations are tested themselves.</summary>
public sealed class OracleAsEngine : IEngineUnderTest
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public EngineOutput Run(EngineInput input, EngineSettings settings)
    {
        var compiled = PolicyCompilation.Compile([.. input.Files.Select(f => new SourceText(f.Key, f.Value))], CompilationOptions.Default);
        var model = compiled.Model ?? throw new InvalidOperationException(string.Join("\n", compiled.Diagnostics));
        var result = Interpreter.Run(model, input.Log);
        return new EngineOutput([.. result.Decisions.Select(d => Line(d).ToJsonString(Plain))], result.Counters);
    }

    private static JsonObject Line(OracleDecision decision)
    {
        var line = new JsonObject
        {
            ["time"] = Display.Time(decision.Time), ["event"] = decision.Event, ["rule"] = decision.Rule, ["pack"] = decision.Pack,
            ["stage"] = decision.Stage,
            ["key"] = new JsonObject { ["type"] = decision.KeyType, ["id"] = string.Join(',', decision.Key) },
            ["responses"] = new JsonArray([.. decision.Responses.Select(Response)]),
            ["evidence"] = new JsonObject { ["values"] = Values(decision), ["clauses"] = decision.Clauses is { } clauses ? Clause(clauses) : null },
            ["suppressed_before"] = decision.SuppressedBefore,
        };
        if (decision.Steps.Count > 0)
            line["evidence"]!["steps"] = new JsonArray([.. decision.Steps.Select(s => new JsonObject
            {
                ["step"] = s.Name, ["events"] = new JsonArray([.. s.Events.Select(id => JsonValue.Create(id))]),
            })]);
        if (decision.Because.Length > 0) line["because"] = decision.Because;
        if (decision.Late) line["late"] = true;
        if (decision.Warming.Count > 0) line["warming"] = new JsonArray([.. decision.Warming.Select(w => JsonValue.Create(w))]);
        if (decision.Clauses is null) line["evidence"]!.AsObject().Remove("clauses");
        return line;
    }

    private static JsonObject Values(OracleDecision decision) => new(decision.Values.OrderBy(v => v.Key, StringComparer.Ordinal)
        .Select(v => KeyValuePair.Create(v.Key, v.Value switch
        {
            null => null,
            long whole => (JsonNode)JsonValue.Create(whole),
            double number => JsonValue.Create(number),
            bool truth => JsonValue.Create(truth),
            IReadOnlyList<object> items => JsonValue.Create("[" + string.Join(",", items.Select(Value.KeyText)) + "]"),
            var other => JsonValue.Create(Value.KeyText(other)),
        })));

    private static JsonObject Response(OracleResponse response)
    {
        var json = new JsonObject { ["action"] = response.Action };
        if (response.Entity is { Type: not "event" } entity) json["entity"] = new JsonObject { ["type"] = entity.Type, ["id"] = entity.Id };
        json["args"] = new JsonObject(response.Arguments.Select(a => KeyValuePair.Create(a.Name, (JsonNode?)JsonValue.Create(a.Value))));
        json["outcome"] = response.Outcome;
        return json;
    }

    private static JsonObject Clause(OracleClause clause) => clause.Kind == "test"
        ? new JsonObject { ["text"] = clause.Text, ["holds"] = clause.Holds }
        : new JsonObject { [clause.Kind] = new JsonArray([.. clause.Parts.Select(Clause)]) };
}
