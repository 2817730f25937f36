using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>Windows of measures per group, which are kept in steps (F7), and of alignments, whose steps are blocks of slots (G2).</summary>
internal sealed class GroupWindows(Workspace workspace, PackScope scope)
{
    private const long Second = 1_000;

    private const long SlotsOfBlock = 60;

    public Window Bind(MeasureSymbol measure, MeasureStatement statement, LinkSymbol? group)
    {
        var function = statement.Function;
        if (measure.Aggregate == Aggregate.Alignment && group is null) return Alignment(measure, statement);
        if (measure.Aggregate is not (Aggregate.Count or Aggregate.Sum or Aggregate.Average or Aggregate.Min or Aggregate.Max or Aggregate.Share
            or Aggregate.Distinct or Aggregate.TopShare or Aggregate.Entropy))
        {
            workspace.Add(LinkErrors.GroupMeasureFunction(function.Span, EventErrors.Word(measure.Aggregate), group!.Name));
            return Window.Forever;
        }
        if (statement.Window is not SlidingWindowSyntax sliding)
        {
            workspace.Add(LinkErrors.GroupMeasureWindow((statement.Window ?? (SyntaxNode)function).Span, group!.Name));
            return Window.Forever;
        }
        var window = new WindowBinder(workspace, scope).Bind(measure.Aggregate, function, sliding);
        if (window.Kind != WindowKind.Sliding) return window;
        var step = sliding.Step is null ? Usual(window) : window.Step;
        if (step < Second) workspace.Add(LinkErrors.GroupMeasureStep((sliding.Step ?? sliding.Length).Span));
        return window with { Step = step };
    }

    /// <summary>The shortest step of a second and a 60th of the span at least that divides span and offset; 0 when there is none.</summary>
    private static long Usual(Window window)
    {
        var whole = GreatestDivisor(window.Length, window.Ending);
        for (var steps = whole / Math.Max(Second, window.Length / 60); steps > 0; steps--)
            if (whole % steps == 0) return whole / steps;
        return whole >= Second ? whole : 0;
    }

    private static long GreatestDivisor(long left, long right) => right == 0 ? left : GreatestDivisor(right, left % right);

    private Window Alignment(MeasureSymbol measure, MeasureStatement statement)
    {
        var function = statement.Function;
        if (statement.Keys.Count == 0) workspace.Add(LinkErrors.AlignmentNeedsKey(function.Span));
        var slot = workspace.Lets.PositiveDuration(scope, function.Within!) ?? 1;
        if (statement.Window is not SlidingWindowSyntax { Step: null, Ending: null } sliding)
        {
            workspace.Add(LinkErrors.AlignmentWindow((statement.Window ?? (SyntaxNode)function).Span));
            return Window.Forever;
        }
        if (workspace.Lets.PositiveDuration(scope, sliding.Length) is not { } length) return Window.Forever;
        if (slot > length / SlotsOfBlock || length % (SlotsOfBlock * slot) != 0) workspace.Add(LinkErrors.AlignmentBlocks(sliding.Length.Span, length, slot));
        else measure.Slot = slot;
        return new Window(WindowKind.Sliding, length, SlotsOfBlock * measure.Slot);
    }
}
