using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml;
using PolicyEngine.Language.Yaml.Spelling;

namespace PolicyEngine.Language.Tests.Yaml;

/// <summary>The published schema is the table that the reader follows, and says of files what the reader says.</summary>
public sealed class SpellingSchemaTests
{
    private static readonly string Root = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Here())!, "..", "..", ".."));
    private static readonly JsonObject Schema = JsonNode.Parse(SpellingSchema.Write())!.AsObject();

    public static TheoryData<string> Mistakes => [.. TestCases.Find("yaml", "*.policy.yaml")];

    [Fact]
    public void The_published_schema_is_the_one_of_the_reader()
    {
        var path = System.IO.Path.Combine(Root, "grammar", "policy.schema.json");
        if (Environment.GetEnvironmentVariable("POLICY_UPDATE_GOLDEN") == "1") File.WriteAllText(path, SpellingSchema.Write());
        Assert.Equal(SpellingSchema.Write(), File.ReadAllText(path));
    }

    [Fact]
    public void Shipped_packs_follow_the_schema()
    {
        foreach (var path in Directory.EnumerateFiles(System.IO.Path.Combine(Root, "rules"), "*.policy", SearchOption.AllDirectories))
        {
            var yaml = PolicyYaml.Format(PolicyParser.Parse(new SourceText(path, File.ReadAllText(path))).File);
            Assert.True(Follows(Schema, YamlReader.Read(new SourceText("a.yaml", yaml)).Documents[0].Root!), path);
        }
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Keys_and_shapes_are_refused_by_schema_and_reader_alike(string name)
    {
        var source = TestCases.Read(name);
        var file = YamlReader.Read(source);
        if (file.HasErrors || file.Documents.Count > 1) return;
        var isRefused = PolicyParser.Parse(source).Diagnostics.Any(d => d.Code.StartsWith("P51", StringComparison.Ordinal));
        Assert.Equal(!isRefused, Follows(Schema, file.Documents[0].Root!));
    }

    /// <summary>As much of JSON Schema as is used.</summary>
    private static bool Follows(JsonObject schema, YamlNode node)
    {
        if (schema["$ref"] is { } reference) return Follows(Schema["$defs"]![((string)reference!)["#/$defs/".Length..]]!.AsObject(), node);
        if (schema["anyOf"] is JsonArray choices) return choices.Any(c => Follows(c!.AsObject(), node));
        return schema["type"] switch
        {
            JsonArray => node is YamlScalar { IsNull: false },
            { } type when (string)type! == "boolean" => node is YamlScalar { IsPlain: true, Value: "true" or "false" },
            { } type when (string)type! == "array" => node is YamlSequence list && list.Items.Count >= (int)(schema["minItems"] ?? 0)
                && list.Items.All(i => Follows(schema["items"]!.AsObject(), i)),
            _ => node is YamlMapping mapping && FollowsKeys(schema, mapping),
        };
    }

    private static bool FollowsKeys(JsonObject schema, YamlMapping mapping)
    {
        if ((schema["required"] as JsonArray ?? []).Any(r => mapping[(string)r!] is null)) return false;
        return mapping.Pairs.All(pair => schema["properties"]?[pair.Name] is JsonObject own
            ? Follows(own, pair.Value)
            : schema["additionalProperties"] is not { } others || (others is JsonObject other && Follows(other, pair.Value)));
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
