using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Sequences;

namespace PolicyEngine.Runtime.Tests.Sequences;

/// <summary>A step of a test: the letters of its events; with a digit behind `=` its event's number equals that kept of that step.</summary>
internal sealed record PlannedStep(string Kinds, int Times = 1, bool IsAbsent = false, int SameAs = -1)
{
    /// <summary>`A`, `2 A`, `not A`, `AB`, `A =0`.</summary>
    public static PlannedStep Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var same = words[^1][0] == '=' ? words[^1][1] - '0' : -1;
        if (same >= 0) words.RemoveAt(words.Count - 1);
        return words.Count == 1 ? new PlannedStep(words[0], SameAs: same)
            : words[0] == "not" ? new PlannedStep(words[1], IsAbsent: true, SameAs: same)
            : new PlannedStep(words[1], int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture), SameAs: same);
    }
}

/// <summary>Steps, `until` and span as the runtime takes them. One value is kept of every step: the event's number.</summary>
internal sealed record PlannedSequence(IReadOnlyList<PlannedStep> Steps, PlannedStep? Until, long Within)
{
    /// <summary>Steps with commas between, `until` behind a semicolon.</summary>
    public static PlannedSequence Parse(string text, long within)
    {
        var halves = text.Split(';');
        return new PlannedSequence(
            [.. halves[0].Split(',').Select(PlannedStep.Parse)], halves.Length > 1 ? PlannedStep.Parse(halves[1]) : null, within);
    }

    public SequenceShape Shape => new([.. Steps.Select(s => new StepPlan(s.Kinds, s.IsAbsent, s.Times, -1))], Until is not null, Within);

    public PlannedStep Step(int step) => step == Steps.Count ? Until! : Steps[step];
}

internal sealed class PlannedEvent(PlannedSequence sequence, char kind, long tau, long order, string id, int number = 0) : IStepEvent
{
    private readonly byte[] _id = System.Text.Encoding.UTF8.GetBytes(id);

    public long Tau => tau;

    public long Sequence => order;

    public char Kind => kind;

    public string Name => id;

    public int Number => number;

    public ReadOnlySpan<byte> Id => _id;

    public bool Is(int step) => sequence.Step(step).Kinds.Contains(kind, StringComparison.Ordinal);

    public bool Fits(int step, ReadOnlySpan<Value> kept) =>
        sequence.Step(step).SameAs is not (>= 0 and var same) || (kept[same].Kind == ValueKind.Integer && kept[same].Long == number);

    public void Keep(int step, Span<Value> kept) => kept[step] = Value.OfLong(ValueKind.Integer, number);

    public Value[] Tell(int step) => [Value.OfLong(ValueKind.Integer, number)];

    public bool IsCancelledBy(int step, ReadOnlySpan<Value> told) => sequence.Step(step).SameAs < 0 || told[0].Long == number;

    public override string ToString() => $"{kind}{number}@{tau}.{order}";
}
