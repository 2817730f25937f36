using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolicyEngine.Language.Yaml.Spelling;

/// <summary>
/// The keys of every construct as JSON Schema (draft 2020-12), for editors. It knows the shape of a file; what stands under the keys is the
/// language's own text, which only the compiler can judge.
/// </summary>
public static class SpellingSchema
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write()
    {
        var definitions = new JsonObject();
        var items = Refer(Constructs.All, definitions);
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Policies in YAML (*.policy.yaml)",
            ["type"] = "array",
            ["items"] = items,
            ["$defs"] = definitions,
        };
        return root.ToJsonString(Layout).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Refer(IReadOnlyList<Construct> kinds, JsonObject definitions)
    {
        var choices = new JsonArray();
        foreach (var kind in kinds)
        {
            var name = NameOf(kind);
            if (!definitions.ContainsKey(name))
            {
                definitions[name] = null;
                definitions[name] = Of(kind, definitions);
            }
            choices.Add(new JsonObject { ["$ref"] = $"#/$defs/{name}" });
        }
        return new JsonObject { ["anyOf"] = choices };
    }

    /// <summary>What stands within a construct may be called like a declaration.</summary>
    private static string NameOf(Construct construct)
    {
        var name = construct.Kind.Replace(' ', '-');
        if (!Constructs.All.Contains(construct)) return name + "-within";
        return construct.Sign is { } sign ? $"{name}-{sign}" : name;
    }

    private static JsonObject Of(Construct construct, JsonObject definitions)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var key in construct.Keys)
        {
            var schema = Of(key, definitions);
            schema["description"] = key.Meaning;
            properties[key.Name] = schema;
            if (key.IsRequired) required.Add(key.Name);
        }
        return new JsonObject { ["type"] = "object", ["required"] = required, ["properties"] = properties, ["additionalProperties"] = false };
    }

    private static JsonObject Of(Key key, JsonObject definitions) => key.Shape switch
    {
        Shape.Phrase or Shape.Text or Shape.Literal => Scalar(),
        Shape.Flag => new JsonObject { ["type"] = "boolean" },
        Shape.Literals => ListOf(Scalar(), least: 0),
        Shape.Record => new JsonObject { ["type"] = "object" },
        Shape.Fields or Shape.Parameters => new JsonObject { ["type"] = "object", ["additionalProperties"] = Scalar() },
        Shape.Items => ListOf(Refer(key.Kinds, definitions), least: 0),
        _ => new JsonObject { ["anyOf"] = new JsonArray(Scalar(), ListOf(Scalar(), least: 1)) },
    };

    private static JsonObject Scalar() => new() { ["type"] = new JsonArray("string", "number", "boolean") };

    private static JsonObject ListOf(JsonObject items, int least)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = items };
        if (least > 0) list["minItems"] = least;
        return list;
    }
}
