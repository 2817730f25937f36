using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>The steps of a sequence or an absence: which events they are and what they are called. Conditions and keys come later.</summary>
internal sealed class SequenceShape(Workspace workspace, PackScope scope)
{
    /// <summary>Each repeat of a step is a state of its own, kept for every key.</summary>
    private const long MostStates = 1_000;

    /// <summary>Null after an error.</summary>
    public Trigger? Bind(KeyedTriggerSyntax syntax)
    {
        var steps = Steps(syntax);
        var until = syntax.Until is { } u ? Step(u, isAbsent: true, "until") : null;
        if (AreTooMany(syntax, steps)) return null;
        foreach (var twice in steps.Where(s => s.Name is not null).GroupBy(s => s.Name).Where(g => g.Count() > 1))
            workspace.Add(SequenceErrors.StepNamedTwice(twice.Last().Span, twice.Key!).Beside(twice.First().Span, "the other one"));
        if (!syntax.Follows[^1].Not) return new SequenceTrigger(Named(steps), [], 0, until);
        if (syntax.Follows.Count == 1 && steps[0].Times == 1) return new AbsenceTrigger(Named(steps)[0], steps[1], [], 0, until);
        workspace.Add(syntax.Follows.Count > 1 && syntax.Follows.All(f => f.Not)
            ? SequenceErrors.SeveralAbsences(syntax.Follows[^1].Span)
            : SequenceErrors.EndsInAbsence(syntax.Follows[^1].Span, syntax.Follows[^1].Step.Span.Text));
        return null;
    }

    private IReadOnlyList<SequenceStep> Steps(KeyedTriggerSyntax syntax) =>
        [Step(syntax.First, isAbsent: false, ""), .. syntax.Follows.Select(f => Step(f.Step, f.Not, "not followed by"))];

    private SequenceStep Step(StepSyntax syntax, bool isAbsent, string words)
    {
        if (isAbsent && syntax.Times is { } many) workspace.Add(SequenceErrors.NothingIsMatched(many.Span, "times", words));
        if (isAbsent && syntax.As is { } name) workspace.Add(SequenceErrors.NothingIsMatched(name.Span, "as", words));
        var times = isAbsent || syntax.Times is null ? 1 : Times(syntax.Times);
        return new SequenceStep(isAbsent, times, workspace.Sources.Resolve(scope, syntax.Sources), isAbsent ? null : syntax.As?.Text, null, syntax.Span);
    }

    private long Times(NumberLiteral times)
    {
        if (times.IsInteger && times.Integer is >= 1 and <= MostStates) return times.Integer;
        workspace.Add(SequenceErrors.NoTimes(times.Span, MostStates));
        return 1;
    }

    private bool AreTooMany(KeyedTriggerSyntax syntax, IReadOnlyList<SequenceStep> steps)
    {
        if (steps.Sum(s => s.Times) <= MostStates) return false;
        workspace.Add(SequenceErrors.NoTimes(syntax.First.Span.To(syntax.Follows[^1].Span), MostStates));
        return true;
    }

    /// <summary>A step without `as` goes by its event's name where no other does.</summary>
    private static IReadOnlyList<SequenceStep> Named(IReadOnlyList<SequenceStep> steps) => [.. steps.Select(step =>
        step is { IsAbsent: false, Name: null, Sources: [{ } only] } && steps.Count(s => !s.IsAbsent && s.Sources.Contains(only)) == 1
        && steps.All(s => s.Name != only.Name)
            ? step with { Name = only.Name }
            : step)];
}
