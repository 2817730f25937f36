using PolicyEngine.Oracle;
using PolicyEngine.Oracle.Differential;

namespace PolicyEngine.Conformance.Tests.Sigma;

/// <summary>Sentences of the Sigma specification, and of what we chose where it is silent, decided by engine and oracle.</summary>
public sealed class SigmaCaseTests
{
    internal static readonly Dictionary<string, SigmaCase> Cases = Directory
        .GetFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "Cases", "sigma"), "*.case").Order(StringComparer.Ordinal)
        .SelectMany(SigmaCase.ReadAll).ToDictionary(c => c.Sentence, StringComparer.Ordinal);

    public static TheoryData<string> Sentences => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Sentences))]
    public void The_engine_decides_as_written(string sentence)
    {
        var found = Cases[sentence];
        Check(found, Engines.UnderTest.Run(found.Input, new EngineSettings()).Decisions.Select(DecisionFields.Of));
    }

    [Theory]
    [MemberData(nameof(Sentences))]
    public void The_oracle_decides_as_written(string sentence)
    {
        var found = Cases[sentence];
        Check(found, Interpreter.Run(Policies.Compile(found.Input.Files), found.Input.Log).Decisions.Select(DecisionFields.Of));
    }

    internal static void Check(SigmaCase found, IEnumerable<SortedDictionary<string, string>> decisions)
    {
        var decided = decisions.ToLookup(d => d["event"], d => d["rule"]);
        var due = found.Events.Select((e, i) => $"{i + 1}: {string.Join(' ', e.Rules)}");
        Assert.Equal(due, found.Events.Select((e, i) => $"{i + 1}: {string.Join(' ', decided[$"e{i}"].Order(StringComparer.Ordinal))}"));
    }
}
