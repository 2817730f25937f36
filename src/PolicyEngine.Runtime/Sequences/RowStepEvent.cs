using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;

namespace PolicyEngine.Runtime.Sequences;

/// <summary>A row of a batch as the steps of a sequence see it; taken in hand again for every row and sequence.</summary>
internal sealed class RowStepEvent(RowEvaluator rows) : IStepEvent
{
    private enum Known : byte { Unknown, Yes, No }

    private EventBatch _batch = null!;
    private BatchVectors? _vectors;
    private int _row;
    private long _ordinal;
    private SequenceState _state = null!;
    private Known[] _known = new Known[8];

    public long Tau { get; private set; }

    public long Sequence => _batch.Sequences[_row];

    public ReadOnlySpan<byte> Id => _batch.Id(_row);

    public void Take(SequenceState state, in RowContext context)
    {
        _state = state;
        _batch = context.Batch!;
        _vectors = context.Vectors;
        _row = context.Row;
        _ordinal = context.Ordinal;
        Tau = context.Tau;
        if (_known.Length < state.StepCount) _known = new Known[state.StepCount];
        _known.AsSpan(0, state.StepCount).Clear();
    }

    public bool Is(int step)
    {
        if (_known[step] == Known.Unknown) _known[step] = rows.IsTrue(_state.Step(step).Feed, Context([])) ? Known.Yes : Known.No;
        return _known[step] == Known.Yes;
    }

    public bool Fits(int step, ReadOnlySpan<Value> kept) =>
        _state.Step(step).Condition is not (>= 0 and var condition) || rows.IsTrue(condition, Context(kept));

    public void Keep(int step, Span<Value> kept)
    {
        var plans = _state.Plan.Kept;
        for (var i = 0; i < plans.Count; i++)
            if (plans[i].Step == step) kept[i] = Kept(plans[i].Node);
    }

    public Value[] Tell(int step)
    {
        var told = _state.Step(step).Told;
        return told.Count == 0 ? [] : [.. told.Select(Kept)];
    }

    public bool IsCancelledBy(int step, ReadOnlySpan<Value> told) =>
        _state.Step(step).Mirrored is not (>= 0 and var mirrored) || rows.IsTrue(mirrored, Context(told));

    private Value Kept(int node) => rows.Evaluate(node, Context([])).Keep();

    private RowContext Context(ReadOnlySpan<Value> steps) => new()
    {
        Batch = _batch, Row = _row, Tau = Tau, Ordinal = _ordinal, Vectors = _vectors, Steps = steps,
    };
}
