using System.Text.Json;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.DryRun.Evaluation;
using PolicyEngine.Runtime;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Storage.Ledger;

namespace PolicyEngine.Cli.Text;

/// <summary>What a rule made of an event: its status in a word, and each clause with what it came to.</summary>
internal static class TraceView
{
    public static void Write(TextWriter writer, RuleTrace trace, Palette palette)
    {
        var stage = trace.Rule.Stage == RuleStage.Enforce ? "" : $" ({DecisionText.Word(trace.Rule.Stage)})";
        writer.WriteLine($" rule {palette.Bold($"{trace.Rule.Pack}.{trace.Rule.Name}")}{stage}   {Word(trace, palette)}");
        if (trace.Evidence is null) return;
        using var document = JsonDocument.Parse(trace.Evidence);
        if (document.RootElement.TryGetProperty("evidence", out var evidence)) EvidenceView.Write(writer, evidence, palette);
        if (document.RootElement.TryGetProperty("group", out var group) && group.ValueKind == JsonValueKind.Object) EvidenceView.WriteGroup(writer, group);
    }

    private static string Word(RuleTrace trace, Palette palette) => trace.Status switch
    {
        RuleStatus.Hit => palette.Green("HIT"),
        RuleStatus.NoHit => "NO HIT",
        RuleStatus.Excepted => "NO HIT: an exception held",
        RuleStatus.Fault => palette.Red("NO HIT: a fault, more members than can be looked at"),
        RuleStatus.Held => "NO HIT: it holds since an earlier event",
        RuleStatus.KeptBack => "NO HIT: kept back by `once in`",
        RuleStatus.NotApplicable when trace.Rule.Trigger is TriggerKind.Sequence or TriggerKind.Absence => "NO HIT: " + Standing(trace.Standing),
        _ => palette.Dim(trace.Rule.Trigger is TriggerKind.Each or TriggerKind.Keyed
            ? "NOT APPLICABLE: the event is of another kind, or the filter does not let it through"
            : "NOT APPLICABLE: the rule does not look at events"),
    };

    private static string Standing(SequenceStanding? standing) => standing switch
    {
        null => "no step of it has come",
        { Due: { } due } => $"{standing.Key} has until {Moments.Show(due)}",
        { Of: 1 } => $"nothing is pending for {standing.Key}",
        { Met: [] } => $"nothing is open for {standing.Key}; it begins with {standing.Waits}",
        _ => $"{standing.Key} has met {standing.Met[0]} of {standing.Of} steps, and waits for {standing.Waits}",
    };
}
