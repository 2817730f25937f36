using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.DryRun.Testing;

/// <summary>Holds what a test expects against the decisions that were made.</summary>
internal sealed class ExpectationCheck(TestSymbol test, IReadOnlyList<TestDecision> decisions)
{
    private const int Shown = 5;

    /// <summary>Whether it is met.</summary>
    public bool Holds(Expectation expectation)
    {
        var found = Found(expectation);
        if (expectation.No || expectation is NothingExpected) return found == 0;
        return expectation.Times is { } times ? found == times : found > 0;
    }

    /// <summary>What happened in place of what was expected, in one or several lines.</summary>
    public string Instead(Expectation expectation)
    {
        var concerning = decisions
            .Where(d => d.Concerns(expectation.Entity?.Name, expectation.EntityId))
            .OrderByDescending(d => expectation.ByRule is { } rule && d.Rule == rule.Name)
            .ThenBy(d => d.At)
            .ToList();
        if (concerning.Count == 0) return expectation.Entity is null ? "nothing happened" : "nothing happened to it";
        var lines = concerning.Take(Shown).Select(Describe).ToList();
        if (concerning.Count > Shown) lines.Add($"and {concerning.Count - Shown} more decisions");
        return string.Join('\n', lines);
    }

    private long Found(Expectation expectation) => expectation switch
    {
        NothingExpected => Concerned(expectation).LongCount(),
        RuleExpected rule => Concerned(expectation).LongCount(d => d.Rule == rule.Rule.Name && d.Pack == rule.Rule.Pack.Name),
        ResponseExpected response => Within(expectation)
            .SelectMany(d => d.Responses)
            .LongCount(r => r is { Kind: ActionKind.Respond, IsCarriedOut: true } && r.Verb == response.Response.Name && Upon(r, expectation)),
        LabelExpected label => Labelled(label),
        _ => throw new InvalidOperationException($"unexpected {expectation.GetType().Name}"),
    };

    private IEnumerable<TestDecision> Within(Expectation expectation) => decisions.Where(d =>
        (expectation.From is null || d.At >= expectation.From)
        && (expectation.To is null || d.At <= expectation.To)
        && (expectation.ByRule is not { } rule || (d.Rule == rule.Name && d.Pack == rule.Pack.Name)));

    private IEnumerable<TestDecision> Concerned(Expectation expectation) =>
        Within(expectation).Where(d => d.Concerns(expectation.Entity?.Name, expectation.EntityId));

    private static bool Upon(TestResponse response, Expectation expectation) =>
        expectation.Entity is null || (response.Entity == expectation.Entity.Name && response.EntityId == expectation.EntityId);

    /// <summary>
    /// With a number, a rule, or no time: how often the label was added. With a time alone: whether somebody bears it then, whoever
    /// added it and whenever.
    /// </summary>
    private long Labelled(LabelExpected expectation)
    {
        bool IsIt(TestResponse r) => r.IsCarriedOut && r.Subject == expectation.Label.Name && Upon(r, expectation);
        if (expectation.Times is not null || expectation.ByRule is not null || expectation.From is null)
            return Within(expectation).SelectMany(d => d.Responses).LongCount(r => r.Kind == ActionKind.Label && IsIt(r));
        var (from, to) = (expectation.From.Value, expectation.To ?? long.MaxValue);
        return Borne(expectation, IsIt).LongCount(span => span.Start <= to && span.End > from);
    }

    /// <summary>The stretches during which each entity bears the label, renewals and removals taken into account.</summary>
    private IEnumerable<(long Start, long End)> Borne(LabelExpected expectation, Func<TestResponse, bool> isIt)
    {
        var given = test.Givens.OfType<LabelGiven>()
            .Where(g => g.Label == expectation.Label && (expectation.Entity is null || g.EntityId == expectation.EntityId))
            .Select(g => (g.At, Id: g.EntityId, End: long.MaxValue, Adds: true));
        var decided = decisions.SelectMany(d => d.Responses.Where(isIt)
            .Select(r => (d.At, Id: r.EntityId, End: r.For is { } span ? d.At + span : long.MaxValue, Adds: r.Kind == ActionKind.Label)));
        foreach (var changes in given.Concat(decided).GroupBy(c => c.Id))
        {
            (long Start, long End)? open = null;
            foreach (var change in changes.OrderBy(c => c.At))
            {
                if (open is { } ended && ended.End <= change.At)
                {
                    yield return ended;
                    open = null;
                }
                if (change.Adds) open = (open?.Start ?? change.At, Math.Max(open?.End ?? change.End, change.End));
                else if (open is { } removed)
                {
                    yield return (removed.Start, change.At);
                    open = null;
                }
            }
            if (open is { } last) yield return last;
        }
    }

    private static string Describe(TestDecision decision)
    {
        var did = decision.Responses.Count == 0 ? "decided nothing" : string.Join(", ", decision.Responses.Take(Shown));
        var because = decision.Because.Length == 0 ? "" : $": \"{decision.Because}\"";
        return $"at {TestText.Duration(decision.At)} {decision.Rule} decided for {decision.KeyType} \"{decision.KeyId}\": {did}{because}";
    }
}
