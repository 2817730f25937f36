using PolicyEngine.Oracle.Generation;
using PolicyEngine.Oracle.Log;

namespace PolicyEngine.Oracle.Differential;

/// <summary>Makes a differing case small: takes out declarations and stretches of the log while a difference stays.</summary>
internal static class Shrinker
{
    private const int MostRuns = 600;

    public static Difference Shrink(IEngineUnderTest engine, long seed, PolicyDraft draft, EventLog log, EngineSettings settings, string report)
    {
        var runs = 0;
        string? Fails(PolicyDraft policy, EventLog entries)
        {
            if (++runs > MostRuns || DifferentialRun.Compile(policy.Text, out _) is not { } model) return null;
            return Comparison.Compare(Interpreter.Run(model, entries), engine, EngineInput.Of(policy.Text, entries), settings);
        }
        for (var before = int.MaxValue; before > draft.Declarations.Count + log.Entries.Count;)
        {
            before = draft.Declarations.Count + log.Entries.Count;
            for (var length = log.Entries.Count / 2; length > 0; length /= 2)
                for (var at = log.Entries.Count - length; at >= 0; at -= length)
                    if (at <= log.Entries.Count - length && Fails(draft, Without(log, at, length)) is { } still)
                        (log, report) = (Without(log, at, length), still);
            for (var i = draft.Declarations.Count - 1; i >= 0; i--)
                if (Fails(draft.Without(i), log) is { } still)
                    (draft, report) = (draft.Without(i), still);
        }
        return new Difference(seed, EngineInput.Of(draft.Text, log), $"seed {seed}, {settings}\n{report}");
    }

    private static EventLog Without(EventLog log, int at, int length) =>
        log with { Entries = [.. log.Entries.Where((_, i) => i < at || i >= at + length)] };
}
