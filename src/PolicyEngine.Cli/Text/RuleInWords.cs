using PolicyEngine.Cli.Terminal;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;
using PolicyEngine.Runtime.Plans;
using Stage = PolicyEngine.Language.Model.Stage;

namespace PolicyEngine.Cli.Text;

/// <summary>What a rule does, in sentences around its own text.</summary>
internal static class RuleInWords
{
    public static void Write(TextWriter writer, RuleSymbol rule, Plan plan, RulePlan planned, Palette palette)
    {
        writer.WriteLine(palette.Bold($"rule {rule.QualifiedName}") + (rule.Title is { } title ? $"   \"{title}\"" : ""));
        var lines = new Columns();
        lines.Add("  Stage", StageOf(rule.Metadata) + (rule.Metadata.Severity is { } severity ? $", severity {severity}" : ""));
        if (rule.Metadata.Owner is { } owner) lines.Add("  Owner", owner);
        if (rule.Metadata.Policy is { } policy) lines.Add("  Policy", policy);
        lines.Add("  Looks", Looks(rule.Trigger));
        AddAll(lines, "  Only", rule.When.Where(c => c.IsFilter).Select(c => Folded(c.Condition.Span)));
        AddAll(lines, "  When", rule.When.Where(c => !c.IsFilter).Select(c => Folded(c.Condition.Span)));
        foreach (var exception in rule.Exceptions) lines.Add("  Except", ExceptionText(exception));
        AddAll(lines, "  Then", rule.Actions.Select(Act));
        if (rule.Because is { } because) lines.Add("  Because", Folded(because.Span));
        lines.Add("  Again", Again(rule));
        AddAll(lines, "  Reads", planned.Measures.Select(m => plan.Measures[m]).Select(m => $"{m.Name} = {m.Declaration}"));
        lines.Write(writer);
        writer.WriteLine();
    }

    private static void AddAll(Columns lines, string title, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            lines.Add(title, text);
            title = "";
        }
    }

    private static string StageOf(Metadata metadata) => metadata.Stage switch
    {
        Stage.Sampled => $"sampled {Words.Percent(metadata.SampledShare / 10_000.0)}",
        var stage => stage.ToString().ToLowerInvariant(),
    } + (metadata.Holdout > 0 ? $", holdout {Words.Percent(metadata.Holdout / 10_000.0)}" : "");

    private static string Looks(Trigger trigger) => trigger switch
    {
        EachTrigger each => $"at each {Names(each.Sources)}, and may fire each time",
        KeyedTrigger keyed => $"at {Names(keyed.Sources)}, per {Keys(keyed.Keys)}; fires when the condition becomes true",
        EveryTrigger every => $"every {Words.Duration(every.Every)}, per {Keys(every.Keys)}; fires when the condition becomes true",
        LabelTrigger { Added: true } label => $"when the label {label.Label.Name} is added to {label.Label.Entity.Name}",
        LabelTrigger label => $"when the label {label.Label.Name} is removed from {label.Label.Entity.Name}, or ends",
        JoinTrigger joins => $"when {joins.Link.Entity.Name} comes to be a member of a group of {joins.Link.Name}",
        SequenceTrigger sequence => $"at {Step(sequence.Steps[^1])}, after {string.Join(", ", sequence.Steps.SkipLast(1).Select(Step))}, "
            + $"per {Keys(sequence.Keys)} within {Words.Duration(sequence.Within)}{Until(sequence.Until)}",
        AbsenceTrigger absence => $"{Words.Duration(absence.Within)} after {Step(absence.First)}, per {Keys(absence.Keys)}, "
            + $"if {Names(absence.Absent.Sources)} did not come{Until(absence.Until)}",
        _ => trigger.GetType().Name,
    };

    private static string Step(SequenceStep step) =>
        $"{(step.IsAbsent ? "no " : "")}{(step.Times > 1 ? $"{step.Times} times " : "")}{Names(step.Sources)}";

    private static string Until(SequenceStep? until) => until is null ? "" : $", forgotten at {Names(until.Sources)}";

    private static string Names(IEnumerable<EventSource> sources) => string.Join(", ", sources.Select(s => s.Name));

    private static string Keys(IReadOnlyList<KeyPart> keys) => string.Join(", ", keys.Select(k => k.Text));

    /// <summary>That Sigma rules observe is written nowhere.</summary>
    private static string Act(RuleAction action) =>
        Folded(action.Span) is var text && action.Act is ObserveAct && !text.StartsWith("observe", StringComparison.Ordinal) ? "observe" : text;

    private static string ExceptionText(RuleException exception) =>
        Folded(exception.When.Span)
        + (exception.Until is { } until ? $" until {Moments.Show(until)}" : "")
        + $": {exception.Because}"
        + (exception.FromPack is { } pack ? $" (by pack {pack})" : "");

    private static string Again(RuleSymbol rule)
    {
        var once = rule.Once is { } cooldown ? $"not within {Words.Duration(cooldown)} of the last time" : "";
        var rearm = rule.Rearm is { } condition ? $"after {Folded(condition.Span)}" : rule.Trigger is KeyedTrigger or EveryTrigger ? "after the condition was seen false" : "";
        return (once, rearm) switch
        {
            ("", "") => "each time",
            ("", _) => rearm,
            (_, "") => once,
            _ => $"{rearm}, or while it lasts; {once}",
        };
    }

    /// <summary>The text as written, in one line.</summary>
    private static string Folded(TextSpan span) => string.Join(' ', span.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
