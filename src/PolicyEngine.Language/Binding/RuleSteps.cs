using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Binding;

public static class RuleSteps
{
    /// <summary>All steps of a sequence or an absence, those that may not come and `until` among them; none for other triggers.</summary>
    public static IReadOnlyList<SequenceStep> Of(Trigger? trigger) => trigger switch
    {
        SequenceTrigger sequence => [.. sequence.Steps, .. Optional(sequence.Until)],
        AbsenceTrigger absence => [absence.First, absence.Absent, .. Optional(absence.Until)],
        _ => [],
    };

    /// <summary>The keys under which a rule's state is kept, as its trigger gives them.</summary>
    public static IReadOnlyList<KeyPart> KeysOf(Trigger? trigger) => trigger switch
    {
        KeyedTrigger keyed => keyed.Keys,
        EveryTrigger every => every.Keys,
        SequenceTrigger sequence => sequence.Keys,
        AbsenceTrigger absence => absence.Keys,
        _ => [],
    };

    private static IReadOnlyList<SequenceStep> Optional(SequenceStep? step) => step is null ? [] : [step];
}
