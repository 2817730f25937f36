using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.Rules;

/// <summary>The steps of all rules that have some.</summary>
internal sealed class Sequences(Strata strata, Evaluator evaluator)
{
    private readonly Dictionary<RuleSymbol, SequenceStates> _sequences = strata.Rules.Where(r => r.Trigger is SequenceTrigger)
        .ToDictionary(r => r, r => new SequenceStates(r, (SequenceTrigger)r.Trigger, evaluator));
    private readonly Dictionary<RuleSymbol, AbsenceStates> _absences = strata.Rules.Where(r => r.Trigger is AbsenceTrigger)
        .ToDictionary(r => r, r => new AbsenceStates(r, (AbsenceTrigger)r.Trigger, evaluator));

    public long? NextDue => _absences.Values.Select(a => a.NextDue).Min();

    public SequenceStates Of(RuleSymbol rule) => _sequences[rule];

    public AbsenceStates Absence(RuleSymbol rule) => _absences[rule];

    public Dictionary<RuleSymbol, List<Completed>> TakeDue(long now) => _absences.Values.ToDictionary(a => a.Rule, a => a.TakeDue(now));

    /// <summary>The steps as a record shows them.</summary>
    public static IReadOnlyList<OracleStep> Shown(RuleSymbol rule, Completed completed)
    {
        var until = rule.Trigger is SequenceTrigger { Until: not null } or AbsenceTrigger { Until: not null } ? 1 : 0;
        return [.. RuleSteps.Of(rule.Trigger).SkipLast(until).Select((step, i) =>
        {
            var ids = completed.Met.Where(m => m.Step == i).Select(m => m.Event.Id).ToList();
            return new OracleStep(step.Name ?? string.Join(", ", step.Sources.Select(s => s.Name)), step.Times == 1 ? ids : [ids[0], ids[^1]]);
        })];
    }
}
