using PolicyEngine.Language;
using PolicyEngine.Language.Text;
using PolicyEngine.Oracle;
using PolicyEngine.Oracle.Differential;

namespace PolicyEngine.Conformance.Tests.Sigma;

/// <summary>Sentences of the Sigma specification, and of what we chose where it is silent, decided by engine and oracle.</summary>
public sealed class SigmaCaseTests
{
    internal static readonly Dictionary<string, SigmaCase> Cases = Read("sigma").Concat(Read("sigma-spec"))
        .ToDictionary(c => c.Sentence, StringComparer.Ordinal);

    public static TheoryData<string> Sentences => [.. Cases.Values.Where(c => c.Codes.Count == 0).Select(c => c.Sentence)];

    public static TheoryData<string> Mistakes => [.. Cases.Values.Where(c => c.Codes.Count > 0).Select(c => c.Sentence)];

    public static TheoryData<string> Sections => [.. SectionLines];

    private static IEnumerable<string> SectionLines =>
        File.ReadLines(System.IO.Path.Combine(Folder("sigma-spec"), "sections.txt")).Where(l => !l.StartsWith('#'));

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_section_of_the_specification_has_a_case_or_a_reason_why_not(string section)
    {
        var parts = section.Split(" = ");
        Assert.Equal(parts.Length == 1, Cases.Keys.Any(c => c.StartsWith(parts[0] + ": ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_case_of_the_specification_belongs_to_a_section()
    {
        var sections = SectionLines.Select(s => s.Split(" = ")[0]).ToHashSet(StringComparer.Ordinal);
        Assert.All(Read("sigma-spec"), c => Assert.Contains(c.Sentence.Split(": ")[0], sections));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_as_written(string sentence)
    {
        var found = Cases[sentence];
        var files = found.Input.Files.Select(f => new SourceText(f.Key, f.Value));
        Assert.Equal(found.Codes, PolicyCompilation.Compile([.. files]).Diagnostics.Select(d => d.Code).Distinct());
    }

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

    private static IEnumerable<SigmaCase> Read(string folder) =>
        Directory.GetFiles(Folder(folder), "*.case").Order(StringComparer.Ordinal).SelectMany(SigmaCase.ReadAll);

    private static string Folder(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Cases", name);

    internal static void Check(SigmaCase found, IEnumerable<SortedDictionary<string, string>> decisions)
    {
        var decided = decisions.ToLookup(d => d["event"], d => d["rule"]);
        var due = found.Events.Select((e, i) => $"{i + 1}: {string.Join(' ', e.Rules)}");
        Assert.Equal(due, found.Events.Select((e, i) => $"{i + 1}: {string.Join(' ', decided[$"e{i}"].Order(StringComparer.Ordinal))}"));
    }
}
