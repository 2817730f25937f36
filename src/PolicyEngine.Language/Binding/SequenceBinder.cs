using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>
/// Keys, span and conditions of a sequence or an absence whose steps are known. A step's condition reads the event of that step, and
/// those of the steps that have come before it.
/// </summary>
internal sealed class SequenceBinder(Workspace workspace, PackScope scope)
{
    public Hand Bind(RuleSymbol rule, KeyedTriggerSyntax syntax)
    {
        var within = syntax.Within is null ? 1 : workspace.Lets.PositiveDuration(scope, syntax.Within) ?? 1;
        if (workspace.Broken.Contains(rule)) return Hand.Unknown;
        return rule.Trigger switch
        {
            SequenceTrigger sequence => Sequence(rule, syntax, sequence, within),
            AbsenceTrigger absence => Absence(rule, syntax, absence, within),
            _ => Hand.Unknown,
        };
    }

    private Hand Sequence(RuleSymbol rule, KeyedTriggerSyntax syntax, SequenceTrigger trigger, long within)
    {
        var before = new List<HandStep>();
        var steps = new List<SequenceStep>();
        var after = Hand.Nothing;
        foreach (var (step, written) in trigger.Steps.Zip(syntax.Follows.Select(f => f.Step).Prepend(syntax.First)))
        {
            var own = new HandStep(steps.Count, written.As?.Text, step.Sources);
            var hand = Hand.OfStep(own, [.. before]);
            steps.Add(Where(step, written, hand));
            if (step.IsAbsent) continue;
            before.Add(own);
            after = hand;
        }
        var until = Until(trigger.Until, syntax.Until);
        var keys = Keys(syntax, [.. steps, .. until is null ? [] : new[] { until }]);
        rule.Trigger = trigger with { Steps = steps, Keys = keys ?? [], Within = within, Until = until };
        return keys is null ? Hand.Unknown : after;
    }

    private Hand Absence(RuleSymbol rule, KeyedTriggerSyntax syntax, AbsenceTrigger trigger, long within)
    {
        var kept = new HandStep(0, syntax.First.As?.Text, trigger.First.Sources);
        var first = Where(trigger.First, syntax.First, Hand.OfStep(kept, []));
        var absent = Where(trigger.Absent, syntax.Follows[0].Step, Hand.OfStep(new HandStep(1, null, trigger.Absent.Sources), [kept]));
        var until = Until(trigger.Until, syntax.Until);
        var keys = Keys(syntax, [first, absent, .. until is null ? [] : new[] { until }]);
        rule.Trigger = trigger with { First = first, Absent = absent, Keys = keys ?? [], Within = within, Until = until };
        return keys is null ? Hand.Unknown : Hand.OfAbsence(kept, [.. keys.Select(k => new HandKey(k.Text, k.Type))]);
    }

    /// <summary>`until` looks at its own event alone: how far the steps have come differs from key to key.</summary>
    private SequenceStep? Until(SequenceStep? step, StepSyntax? syntax) =>
        step is null || syntax is null ? null : Where(step, syntax, Hand.OfEvents(step.Sources));

    private SequenceStep Where(SequenceStep step, StepSyntax syntax, Hand hand) => syntax.Where is { } where
        ? step with { Where = new ExpressionBinder(workspace, new ExpressionContext(scope, hand)).BindCondition(where) }
        : step;

    /// <summary>Every step has to say whose it is, also those that may not come.</summary>
    private IReadOnlyList<KeyPart>? Keys(KeyedTriggerSyntax syntax, IReadOnlyList<SequenceStep> steps) =>
        workspace.Keys.Declare(scope, syntax.Keys, workspace.HandOf([.. steps.SelectMany(s => s.Sources).Distinct()]), groups: false);
}
