using System.Text.Json;

namespace PolicyEngine.Cli.Tests;

/// <summary>
/// The log of `check --format sarif` against the parts of the SARIF 2.1.0 schema that it uses. The schema closes its objects, so a
/// member that is not listed is as wrong as one that is missing.
/// </summary>
public sealed class SarifTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cases", "170-sarif");

    /// <summary>Object, its members, and which of them are required: `name!` is required, `name:kind` an object, `name*kind` an array of them.</summary>
    private static readonly Dictionary<string, string[]> Shapes = new(StringComparer.Ordinal)
    {
        ["log"] = ["$schema", "version!", "runs!*run"],
        ["run"] = ["tool!:tool", "columnKind", "results!*result"],
        ["tool"] = ["driver!:driver"],
        ["driver"] = ["name!", "version", "rules!*rule"],
        ["rule"] = ["id!", "shortDescription!:message", "fullDescription!:message", "help!:message", "defaultConfiguration!:configuration"],
        ["configuration"] = ["level!"],
        ["result"] = ["ruleId!", "ruleIndex!", "level!", "message!:message", "locations!*location", "relatedLocations*location", "partialFingerprints!:fingerprints", "fixes*fix"],
        ["fingerprints"] = ["primaryLocationLineHash!"],
        ["message"] = ["text!", "markdown"],
        ["location"] = ["id", "physicalLocation!:physical", "message:message"],
        ["physical"] = ["artifactLocation!:artifact", "region!:region"],
        ["artifact"] = ["uri!"],
        ["region"] = ["startLine!", "startColumn!", "endLine!", "endColumn!"],
        ["fix"] = ["description!:message", "artifactChanges!*change"],
        ["change"] = ["artifactLocation!:artifact", "replacements!*replacement"],
        ["replacement"] = ["deletedRegion!:region", "insertedContent!:message"],
    };

    [Theory]
    [InlineData("own rules", 1)]
    [InlineData("sigma", 1)]
    [InlineData("ungrouped", 0)]
    public async Task Every_object_has_the_members_of_the_schema(string packs, int exit)
    {
        using var log = await Check(exit, packs);
        Assert.Equal("2.1.0", log.RootElement.GetProperty("version").GetString());
        AssertShape("log", log.RootElement);
        var run = log.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        Assert.NotEmpty(run.GetProperty("results").EnumerateArray());
        foreach (var result in run.GetProperty("results").EnumerateArray())
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.Contains(result.GetProperty("level").GetString(), (string[])["error", "warning", "note"]);
        }
    }

    [Fact]
    public async Task Fixes_replace_what_the_regions_name_and_paths_are_relative_addresses()
    {
        using var log = await Check(1, "own rules");
        var results = log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().ToList();
        var mistyped = results.Single(r => r.GetProperty("ruleId").GetString() == "P2003");
        var change = mistyped.GetProperty("fixes")[0].GetProperty("artifactChanges")[0];
        var path = change.GetProperty("artifactLocation").GetProperty("uri").GetString()!;
        Assert.Equal("own%20rules/l%C3%A4nder.policy", path);
        var replacement = change.GetProperty("replacements")[0];
        var region = replacement.GetProperty("deletedRegion");
        var lines = await File.ReadAllLinesAsync(Path.Combine(Folder, Uri.UnescapeDataString(path)));
        var line = lines[region.GetProperty("startLine").GetInt32() - 1];
        var (from, to) = (region.GetProperty("startColumn").GetInt32() - 1, region.GetProperty("endColumn").GetInt32() - 1);
        Assert.Equal("user_agnt", line[from..to]);
        Assert.Equal("user_agent", replacement.GetProperty("insertedContent").GetProperty("text").GetString());
        Assert.Contains(results, r => r.TryGetProperty("relatedLocations", out _));
    }

    [Fact]
    public async Task Packs_without_a_finding_give_a_log_without_results()
    {
        using var log = await Check(0, Path.Combine("..", "160-yaml", "logins.policy"));
        Assert.Equal(0, log.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
    }

    private static async Task<JsonDocument> Check(int exit, string packs)
    {
        var (ended, output, error) = await PolicyProcess.Run(Folder, ["check", packs, "--format", "sarif", "-q"]);
        Assert.Equal((exit, ""), (ended, error));
        return JsonDocument.Parse(output);
    }

    private static void AssertShape(string kind, JsonElement element)
    {
        Assert.Equal(JsonValueKind.Object, element.ValueKind);
        var members = element.EnumerateObject().ToDictionary(m => m.Name, m => m.Value);
        foreach (var shape in Shapes[kind])
        {
            var name = shape.Split('!', ':', '*')[0];
            Assert.True(members.Remove(name, out var value) || !shape.Contains('!', StringComparison.Ordinal), $"{kind} lacks {name}");
            if (value.ValueKind == JsonValueKind.Undefined) continue;
            var of = shape.Split(':', '*')[^1];
            if (shape.Contains(':', StringComparison.Ordinal)) AssertShape(of, value);
            else if (shape.Contains('*', StringComparison.Ordinal)) Assert.All(value.EnumerateArray(), item => AssertShape(of, item));
            else if (value.ValueKind == JsonValueKind.Number) Assert.True(name == "ruleIndex" || value.GetInt32() > 0, $"{kind} counts {name} from 1");
            else Assert.False(string.IsNullOrWhiteSpace(value.GetString()) && name != "text", $"{kind} has an empty {name}");
        }
        Assert.True(members.Count == 0, $"{kind} has members of its own: {string.Join(", ", members.Keys)}");
    }
}
