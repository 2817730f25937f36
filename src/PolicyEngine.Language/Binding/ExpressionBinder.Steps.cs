using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

internal sealed partial class ExpressionBinder
{
    /// <summary>`first.country`, `signup.ip`: a field of a step by its name; null where no step is meant. Names of steps win.</summary>
    private Expression? StepField(Path path, TextSpan span)
    {
        if (path.Parts.Count < 2 || (Hand.Own is null && Hand.Before.Count == 0)) return null;
        if (Named(path.Parts[0].Text) is { } named) return FieldOfStep(named, path, 1, span);
        for (var split = 1; split < Math.Min(3, path.Parts.Count); split++)
        {
            if (NameLookup.Candidates(Scope, Prefix(path, split), p => p.Sources) is not [{ } source]) continue;
            var steps = Hand.Before.Where(s => s.As is null && s.Sources is [{ } one] && one == source).ToList();
            if (steps.Count == 0) continue;
            return steps.Count > 1 || (Hand.Own is { As: null } own && own.Sources.Contains(source))
                ? Refuse(span, SequenceErrors.SeveralSteps(span, source.Name))
                : FieldOfStep(steps[0], path, split, span);
        }
        return null;
    }

    private HandStep? Named(string name) =>
        Hand.Own is { As: { } own } && own == name ? Hand.Own : Hand.Before.FirstOrDefault(s => s.As == name);

    private Expression FieldOfStep(HandStep step, Path path, int split, TextSpan span) =>
        OfStep(step, b => b.FieldOf(Rest(path, split), Prefix(path, split).Text, span));

    /// <summary>What <paramref name="bind"/> finds on the event of a step; of an earlier one as a <see cref="StepRead"/>.</summary>
    private Expression OfStep(HandStep step, Func<ExpressionBinder, Expression> bind)
    {
        var read = bind(new ExpressionBinder(workspace, context with { Hand = workspace.HandOf(step.Sources) }));
        return read is FieldRead or BuiltinRead && step != Hand.Own ? new StepRead(read.Type, read.Span, step.Index, read) : read;
    }

    private Expression FieldOf(Path path, string on, TextSpan span)
    {
        if (Hand.IsUnknown) return Wrong(span);
        var carrying = Hand.Events.Where(e => HasField(e, path)).ToList();
        if (carrying.Count > 0) return Field(path, carrying, span);
        var known = Hand.Events.SelectMany(e => FieldBinder.All(Scope, e)).Select(f => f.Name);
        return Refuse(span, NameErrors.UnknownField(path.Span, path.Text, path.Parts[^1], on, [.. known]));
    }

    /// <summary>After the deadline of an absence, a field of the event that nothing followed.</summary>
    private Meaning? KeptField(Path path, TextSpan span)
    {
        if (Hand.Kept is not { } kept || workspace.HandOf(kept.Sources).Events is not { Count: > 0 } events) return null;
        var carrying = events.Where(e => HasField(e, path)).ToList();
        return carrying.Count == 0 ? null : new Meaning("field", $"{carrying[0].Name}.{path.Text}", FieldSpan(carrying[0], path.Text),
            () => OfStep(kept, b => b.Field(path, carrying, span)));
    }

    private static Path Prefix(Path path, int length) => new(path.Parts[0].Span.To(path.Parts[length - 1].Span), [.. path.Parts.Take(length)]);

    private static Path Rest(Path path, int from) => new(path.Parts[from].Span.To(path.Parts[^1].Span), [.. path.Parts.Skip(from)]);
}
