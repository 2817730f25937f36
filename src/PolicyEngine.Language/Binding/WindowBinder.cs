using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>Windows, and which function takes which of them.</summary>
internal sealed class WindowBinder(Workspace workspace, PackScope scope)
{
    public Window Bind(Aggregate aggregate, FunctionSyntax function, WindowSyntax? syntax)
    {
        if (syntax is null)
        {
            if (!RemembersForEver(aggregate)) workspace.Add(EventErrors.NeedsWindow(function.Span, aggregate));
            return Window.Forever;
        }
        if (aggregate is Aggregate.SinceFirst or Aggregate.SinceLast) workspace.Add(EventErrors.SinceTakesNoWindow(syntax.Span));
        return syntax switch
        {
            SlidingWindowSyntax sliding => Sliding(aggregate, sliding),
            TumblingWindowSyntax tumbling => new Window(WindowKind.Tumbling, Length(tumbling.Length)),
            SessionWindowSyntax session => Session(aggregate, session),
            _ => Window.Forever,
        };
    }

    /// <summary>Without a window the state of a key has to be one value.</summary>
    private static bool RemembersForEver(Aggregate aggregate) => aggregate is
        Aggregate.Count or Aggregate.Sum or Aggregate.Average or Aggregate.Min or Aggregate.Max or Aggregate.First or Aggregate.Latest
        or Aggregate.Previous or Aggregate.SinceFirst or Aggregate.SinceLast;

    private Window Sliding(Aggregate aggregate, SlidingWindowSyntax syntax)
    {
        var length = workspace.Lets.PositiveDuration(scope, syntax.Length);
        var step = syntax.Step is null ? 0 : workspace.Lets.PositiveDuration(scope, syntax.Step);
        var ending = syntax.Ending is null ? 0 : workspace.Lets.PositiveDuration(scope, syntax.Ending);
        if (length is null || step is null || ending is null) return Window.Forever;
        if (step > 0)
        {
            if (aggregate == Aggregate.Percentile) workspace.Add(EventErrors.PercentileWithStep(syntax.Step!.Span));
            else if (length % step != 0) workspace.Add(EventErrors.StepDoesNotDivide(syntax.Step!.Span, length.Value, step.Value, "span"));
            else if (ending % step != 0) workspace.Add(EventErrors.StepDoesNotDivide(syntax.Step!.Span, ending.Value, step.Value, "offset"));
        }
        return new Window(WindowKind.Sliding, length.Value, step.Value, ending.Value);
    }

    private Window Session(Aggregate aggregate, SessionWindowSyntax syntax)
    {
        if (aggregate == Aggregate.Rate) workspace.Add(EventErrors.RateOfSession(syntax.Span));
        return new Window(WindowKind.Session, Length(syntax.Idle));
    }

    private long Length(DurationSyntax syntax) => workspace.Lets.PositiveDuration(scope, syntax) ?? 0;
}
