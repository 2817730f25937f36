using PolicyEngine.Language;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;
using PolicyEngine.Oracle.Generation;
using PolicyEngine.Oracle.Log;

namespace PolicyEngine.Oracle.Differential;

/// <summary>A difference between engine and oracle, shrunken, and where it was written to.</summary>
public sealed record Difference(long Seed, EngineInput Input, string Report);

/// <summary>How much a run of cases covered.</summary>
public sealed record Coverage(int Cases, long Events, long EventDecisions, long Decisions, int Refused, IReadOnlyList<Difference> Differences);

/// <summary>Random policies over random streams, decided by the oracle and by an engine (N1).</summary>
public static class DifferentialRun
{
    private const int MostAttempts = 50;

    /// <summary>Runs cases until so many event decisions are compared, or a few differences are found.</summary>
    public static Coverage Run(IEngineUnderTest? engine, long firstSeed, long eventDecisions, StreamTraits traits)
    {
        var (cases, events, compared, decisions, refused) = (0, 0L, 0L, 0L, 0);
        var differences = new List<Difference>();
        for (var seed = firstSeed; compared < eventDecisions && differences.Count < 3; seed++)
        {
            var (draft, model, log, again) = Generate(seed, traits);
            refused += again;
            var input = EngineInput.Of(draft.Text, log);
            var expected = Interpreter.Run(model, log);
            cases++;
            events += expected.Counters.Events;
            compared += expected.EventDecisions;
            decisions += expected.Decisions.Count;
            if (engine is null || Comparison.Compare(expected, engine, input, SettingsOf(seed)) is not { } report) continue;
            differences.Add(Shrinker.Shrink(engine, seed, draft, log, SettingsOf(seed), report));
        }
        return new Coverage(cases, events, compared, decisions, refused, differences);
    }

    /// <summary>The settings that a seed is run with: none of them may matter.</summary>
    public static EngineSettings SettingsOf(long seed) => new((int)(seed % 3) switch { 0 => 1, 1 => 7, _ => 1000 }, 1 + (int)(seed / 3 % 2), seed % 5 != 0);

    /// <summary>The case of a seed; drafts that the language refuses are drawn again.</summary>
    public static (PolicyDraft Draft, PolicyModel Model, EventLog Log, int Refused) Generate(
        long seed, StreamTraits traits, PolicyTraits? policies = null)
    {
        var draw = new Draw(seed);
        policies ??= new PolicyTraits();
        for (var refused = 0; refused < MostAttempts; refused++)
        {
            var draft = PolicyGenerator.Generate(draw, policies);
            if (Compile(draft.Text, out _) is { } model) return (draft, model, new StreamGenerator(draw, traits).Write(draw.Between(30, 250)), refused);
        }
        Compile(PolicyGenerator.Generate(new Draw(seed), policies).Text, out var errors);
        throw new InvalidOperationException($"seed {seed}: no draft compiles; the first: {errors}");
    }

    /// <summary>The model, or null with the errors.</summary>
    public static PolicyModel? Compile(string policy, out string errors)
    {
        var result = PolicyCompilation.Compile([new SourceText("policy.policy", policy)], CompilationOptions.Default);
        errors = string.Join("\n", result.Diagnostics.Where(d => d.Severity == Severity.Error)
            .Select(d => $"{d.Code} {d.Message}: {d.Span.Text} (line {d.Span.Source?.Position(d.Span.Start).Line})"));
        return errors.Length == 0 ? result.Model : null;
    }
}
