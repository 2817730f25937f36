using System.Text;
using PolicyEngine.DryRun.Reports;
using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.DryRun.Scoring;

/// <summary>
/// Watches the decisions go by and notes which keys are caught. What is decided before <see cref="ScoredFrom"/> is not scored: the
/// measures were still filling.
/// </summary>
internal sealed class Scorer(Truth truth) : IDecisionSink
{
    private readonly Dictionary<(int Domain, int Entity), Caught> _caught = [];

    /// <summary>Milliseconds since the epoch; decisions before it are not scored.</summary>
    public long ScoredFrom { get; set; } = long.MinValue;

    /// <summary>When the bad keys acted; fed with the lines of the recording.</summary>
    public Usage Usage { get; } = new(truth);

    public void Write(in DecisionRecord record)
    {
        if (record.Time < ScoredFrom) return;
        foreach (var response in record.Responses)
        {
            if (response.Outcome != Outcome.CarriedOut || response.Action.Kind != ActionKind.Respond) continue;
            if (response.Action.TargetEntity != truth.KeyName || !Catches(response.Action.Verb, out var enforces)) continue;
            ref var caught = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                _caught, (response.Domain, response.Entity), out var known);
            if (!known) caught.Key = Encoding.UTF8.GetString(response.EntityId.Span);
            if (enforces) caught.Stopped ??= record.Time;
        }
    }

    /// <param name="acts">Whether a key took part in the recording; the others are left out of all numbers.</param>
    public LabelReport Report(Func<string, bool> acts)
    {
        var rows = truth.Rows.Values.Where(row => acts(row.Key)).ToList();
        var caught = _caught.Values.ToDictionary(c => c.Key, c => c.Stopped, StringComparer.Ordinal);
        long Count(Func<TruthRow, bool> counts) => rows.LongCount(counts);
        bool Enforced(TruthRow row) => caught.GetValueOrDefault(row.Key) is not null;
        var used = Usage.Before(key => caught.GetValueOrDefault(key));
        return new LabelReport
        {
            Bad = Count(r => r.IsBad),
            Good = Count(r => !r.IsBad),
            CaughtBad = Count(r => r.IsBad && caught.ContainsKey(r.Key)),
            CaughtGood = Count(r => !r.IsBad && caught.ContainsKey(r.Key)),
            EnforcedBad = Count(r => r.IsBad && Enforced(r)),
            EnforcedGood = Count(r => !r.IsBad && Enforced(r)),
            CaughtUnlabelled = caught.Keys.LongCount(key => !truth.Rows.ContainsKey(key)),
            UsedBefore = Median(rows, used),
            ByCohort = [.. truth.CohortColumns.SelectMany((column, index) => Cohorts(column, index, rows, caught, used))],
        };
    }

    private static IEnumerable<CohortReport> Cohorts(
        string column, int index, IReadOnlyList<TruthRow> rows, Dictionary<string, long?> caught, Dictionary<string, double> used) => rows
        .Where(row => row.Cohorts[index].Length > 0)
        .GroupBy(row => row.Cohorts[index])
        .OrderBy(cohort => cohort.Key, StringComparer.Ordinal)
        .Select(cohort => new CohortReport(
            column, cohort.Key, cohort.LongCount(), cohort.LongCount(r => r.IsBad), cohort.LongCount(r => caught.ContainsKey(r.Key)),
            cohort.LongCount(r => caught.GetValueOrDefault(r.Key) is not null))
        {
            UsedBefore = Median(cohort, used),
        });

    /// <summary>The upper of two middle ones: half of the keys did not draw more.</summary>
    private static double? Median(IEnumerable<TruthRow> rows, Dictionary<string, double> used)
    {
        var shares = rows.Where(row => used.ContainsKey(row.Key)).Select(row => used[row.Key]).Order().ToList();
        return shares.Count == 0 ? null : shares[shares.Count / 2];
    }

    internal static bool Catches(string verb, out bool enforces)
    {
        enforces = verb is "throttle" or "challenge" or "suspend";
        return enforces || verb == "review";
    }

    private struct Caught
    {
        public string Key;
        /// <summary>The first throttle, challenge or suspension, milliseconds since the epoch; null: only reviewed.</summary>
        public long? Stopped;
    }
}
