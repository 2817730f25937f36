using PolicyEngine.Compiler.Planning;
using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>The steps of rules to plain data. Screens are filled in when those of all rules are known.</summary>
internal sealed class SequenceLowering(LoweringContext context)
{
    private readonly List<SequencePlan> _plans = [];

    public IReadOnlyList<SequencePlan> Plans => _plans;

    /// <summary>The steps of a rule, with what must be known while the rest of it is lowered.</summary>
    public LoweredSteps Lower(RuleSymbol rule, View view)
    {
        var trigger = rule.Trigger;
        var steps = RuleSteps.Of(trigger);
        var kept = new KeptValues(context, _plans.Count, steps, view);
        var lowered = steps.Select(s => Step(s, view, kept)).ToList();
        var types = steps.SelectMany(s => context.Sources.TypesOf(s.Sources)).Distinct().Order().ToList();
        var parts = RuleLowering.KeyParts(context, RuleSteps.KeysOf(trigger), new Scope(view, types, []));
        var key = MeasureLowering.Keys(context, parts);
        var until = trigger is SequenceTrigger { Until: not null } or AbsenceTrigger { Until: not null };
        var plan = new SequencePlan
        {
            Index = _plans.Count,
            Hash = DefinitionText.HashOfSteps(trigger, view),
            Within = trigger is SequenceTrigger s ? s.Within : ((AbsenceTrigger)trigger).Within,
            Key = key,
            KeyDomain = context.Nodes[key].Domain,
            IsAbsence = trigger is AbsenceTrigger,
            Steps = until ? lowered[..^1] : lowered,
            Until = until ? lowered[^1] : null,
        };
        _plans.Add(plan);
        return new LoweredSteps(kept, [.. parts.Select(p => context.Nodes[p].Domain)], () => Finish(plan, kept));
    }

    /// <summary>All nodes that a sequence waits for.</summary>
    public static IEnumerable<int> RootsOf(SequencePlan plan) => StepsOf(plan)
        .SelectMany(s => new[] { s.Feed, s.Condition, s.Mirrored }.Concat(s.Told))
        .Concat(plan.Kept.Select(k => k.Node)).Append(plan.Key).Where(n => n >= 0);

    public static IEnumerable<StepPlan> StepsOf(SequencePlan plan) => plan.Until is { } until ? plan.Steps.Append(until) : plan.Steps;

    public void Screen(Screening screening)
    {
        StepPlan Screened(StepPlan step) => step with { Screen = screening.Upper(step.Feed) };
        for (var i = 0; i < _plans.Count; i++)
        {
            var plan = _plans[i];
            _plans[i] = plan with { Steps = [.. plan.Steps.Select(Screened)], Until = plan.Until is { } until ? Screened(until) : null };
        }
    }

    /// <summary>The rules, and the sequences in the order of these.</summary>
    public (List<RulePlan> Rules, IReadOnlyList<SequencePlan> Sequences) InOrderOf(IReadOnlyList<RulePlan> rules)
    {
        var ordered = rules.Where(r => r.Sequence >= 0).Select((r, i) => _plans[r.Sequence] with { Index = i }).ToList();
        var renumbered = rules.Where(r => r.Sequence >= 0).Select((r, i) => (r.Index, i)).ToDictionary();
        return ([.. rules.Select(r => r.Sequence < 0 ? r : r with { Sequence = renumbered[r.Index] })], ordered);
    }

    private int Finish(SequencePlan plan, KeptValues kept)
    {
        _plans[plan.Index] = plan with
        {
            Kept = kept.Plans, Steps = plan.IsAbsence ? [.. plan.Steps.Select(s => WithMirror(s, plan.Index, kept.Plans))] : plan.Steps,
        };
        return plan.Index;
    }

    private StepPlan Step(SequenceStep step, View view, KeptValues kept)
    {
        var scope = new Scope(view, context.Sources.TypesOf(step.Sources), []) { Kept = kept };
        var parts = step.Where is AndExpression and ? and.Parts : step.Where is { } where ? [where] : [];
        var own = parts.Where(p => !ExpressionWalk.ReadsSteps(p)).Select(p => context.Expressions.Lower(p, scope));
        var earlier = parts.Where(ExpressionWalk.ReadsSteps).Select(p => context.Expressions.Lower(p, scope)).ToList();
        var name = step.Name ?? string.Join(", ", step.Sources.Select(s => s.Name));
        return new StepPlan(name, step.IsAbsent, (int)step.Times, context.Nodes.And([context.Sources.Lower(step.Sources, view), .. own]))
        {
            Condition = earlier.Count == 0 ? -1 : context.Nodes.And(earlier),
        };
    }

    /// <summary>
    /// What cancels at the same time as the event it would cancel may come before it: then its values wait, and the condition is asked
    /// with the two sides exchanged.
    /// </summary>
    private StepPlan WithMirror(StepPlan step, int sequence, IReadOnlyList<KeptPlan> kept)
    {
        if (step.Condition < 0) return step;
        var told = new List<int>();
        var mirrored = Mirror(step.Condition, sequence, kept, told);
        return step with { Mirrored = mirrored, Told = told };
    }

    private int Mirror(int id, int sequence, IReadOnlyList<KeptPlan> kept, List<int> told)
    {
        var node = context.Nodes[id];
        if (node.Op == Op.Step) return kept[node.Target].Node;
        if (node.Op == Op.Constant) return id;
        if (ReadsSteps(id)) return context.Nodes.Add(node with { Inputs = [.. node.Inputs.Select(i => Mirror(i, sequence, kept, told))] });
        var place = told.IndexOf(id);
        if (place < 0)
        {
            place = told.Count;
            told.Add(id);
        }
        return context.Nodes.Add(new Node(0, Op.Step, node.Kind)
        {
            Target = place, Types = [sequence, 1], IsPlain = false, MayBeMissing = true, Sensitive = node.Sensitive, Element = node.Element,
        });
    }

    private bool ReadsSteps(int id) => context.Nodes[id].Op == Op.Step || context.Nodes[id].Inputs.Any(ReadsSteps);
}

/// <summary>The steps of a rule while it is lowered. <paramref name="Finish"/> ends them and gives their index.</summary>
internal sealed record LoweredSteps(KeptValues Kept, IReadOnlyList<int> KeyDomains, Func<int> Finish);
