using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Sequences;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>The events that were the steps: of repeats the first and the last (K3).</summary>
internal static class StepEvidence
{
    public static void Write(TextBuffer text, SequenceState state)
    {
        text.Append(",\"steps\":["u8);
        for (var step = 0; step < state.Plan.Steps.Count; step++)
        {
            if (step > 0) text.Append((byte)',');
            var plan = state.Plan.Steps[step];
            text.Append("{\"step\":"u8);
            text.AppendString(plan.Name);
            if (plan.IsAbsent) text.Append(",\"absent\":true}"u8);
            else if (state.Absences is { } absences) Events(text, absences.Id, []);
            else if (plan.Times == 1) Events(text, state.Sequences!.LastId(step), []);
            else
            {
                text.Append(",\"times\":"u8);
                text.AppendNumber((long)plan.Times);
                Events(text, state.Sequences!.FirstId(step), state.Sequences.LastId(step));
            }
        }
        text.Append((byte)']');
    }

    private static void Events(TextBuffer text, ReadOnlySpan<byte> first, ReadOnlySpan<byte> last)
    {
        text.Append(",\"events\":["u8);
        text.AppendString(first);
        if (!last.IsEmpty)
        {
            text.Append((byte)',');
            text.AppendString(last);
        }
        text.Append("]}"u8);
    }
}
