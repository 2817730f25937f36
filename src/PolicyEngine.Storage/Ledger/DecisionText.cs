using System.Text;
using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Storage.Ledger;

/// <summary>The words that formats and stores use for the parts of a decision.</summary>
public static class DecisionText
{
    public static string Word(Outcome outcome) => outcome switch
    {
        Outcome.CarriedOut => "carried_out",
        Outcome.Shadow => "shadow",
        Outcome.NotSampled => "not_sampled",
        Outcome.Holdout => "holdout",
        Outcome.Held => "held",
        Outcome.Overridden => "overridden",
        Outcome.Already => "already",
        Outcome.Scheduled => "scheduled",
        Outcome.Protected => "protected",
        Outcome.Fault => "fault",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    public static string Word(RuleStage stage) => stage switch
    {
        RuleStage.Draft => "draft",
        RuleStage.Shadow => "shadow",
        RuleStage.Sampled => "sampled",
        RuleStage.Enforce => "enforce",
        RuleStage.Paused => "paused",
        RuleStage.Retired => "retired",
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    /// <summary>Each response with what became of it, a repeated pair once: `suspend carried_out, review held`.</summary>
    public static string Summary(ReadOnlySpan<ResponseOutcome> responses)
    {
        if (responses.Length == 0) return "";
        if (responses.Length == 1) return $"{responses[0].Action.Verb} {Word(responses[0].Outcome)}";
        var seen = new HashSet<(string, Outcome)>();
        var text = new StringBuilder();
        foreach (var response in responses)
        {
            if (!seen.Add((response.Action.Verb, response.Outcome))) continue;
            if (text.Length > 0) text.Append(", ");
            text.Append(response.Action.Verb).Append(' ').Append(Word(response.Outcome));
        }
        return text.ToString();
    }
}
