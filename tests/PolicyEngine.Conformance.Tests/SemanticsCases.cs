using System.Globalization;
using System.Text.Json.Nodes;
using PolicyEngine.Oracle;
using PolicyEngine.Oracle.Differential;
using IoPath = System.IO.Path;

namespace PolicyEngine.Conformance.Tests;

/// <summary>The tables of the language's semantics as cases; each says which decisions are due, as far as it cares.</summary>
public sealed class SemanticsCases
{
    private static readonly string Root = IoPath.Combine(AppContext.BaseDirectory, "Cases", "semantics");

    public static TheoryData<string> Names => [.. Directory.GetDirectories(Root).Select(d => IoPath.GetFileName(d)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheOracleDecidesAsWritten(string name)
    {
        var input = CaseFolder.Read(IoPath.Combine(Root, name));
        var result = Interpreter.Run(Policies.Compile(input.Files), input.Log);
        Check(name, [.. result.Decisions.Select(d => (DecisionFields.Of(d), (int?)d.Stratum))], result.Counters);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheEngineDecidesAsWritten(string name)
    {
        var output = Engines.UnderTest.Run(CaseFolder.Read(IoPath.Combine(Root, name)), new EngineSettings());
        Check(name, [.. output.Decisions.Select(d => (DecisionFields.Of(d), (int?)null))], output.Counters);
    }

    /// <summary>Compares what the case names; a stratum only where it is known.</summary>
    private static void Check(
        string name, List<(SortedDictionary<string, string> Fields, int? Stratum)> decided, Oracle.Log.LogCounters counters)
    {
        var expected = JsonNode.Parse(File.ReadAllText(IoPath.Combine(Root, name, "expected.json")))!;
        var due = expected["decisions"]!.AsArray();
        var shown = string.Join("\n", decided.Select(d => string.Join(" ", d.Fields.Select(f => $"{f.Key}={f.Value}"))));
        Assert.True(due.Count == decided.Count, $"{due.Count} decisions are due, there are {decided.Count}:\n{shown}");
        for (var i = 0; i < due.Count; i++)
        {
            var (fields, stratum) = decided[i];
            foreach (var (field, value) in ExpectedFields.Of(due[i]!.AsObject()))
            {
                if (field == "stratum" && stratum is null) continue;
                var actual = field == "stratum" ? stratum!.Value.ToString(CultureInfo.InvariantCulture) : fields.GetValueOrDefault(field);
                Assert.True(value == actual, $"decision {i + 1}: {field} is due to be {value ?? "absent"}, it is {actual ?? "absent"}:\n{shown}");
            }
        }
        foreach (var (counter, value) in expected["counters"]?.AsObject() ?? [])
            Assert.Equal((counter, value!.GetValue<long>()), (counter, Count(counters, counter)));
    }

    private static long Count(Oracle.Log.LogCounters counters, string name) => name switch
    {
        "events" => counters.Events,
        "accepted" => counters.Accepted,
        "rejected" => counters.Rejected,
        "late" => counters.Late,
        "duplicates" => counters.Duplicates,
        _ => throw new FormatException($"there is no counter `{name}`"),
    };
}
