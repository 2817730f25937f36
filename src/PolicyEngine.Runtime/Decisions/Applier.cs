using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>Everything behind the intake under one plan: evaluation, measures, decisions.</summary>
internal sealed class Applier
{
    /// <summary>State is bounded at these places of the log only (L2).</summary>
    private const int EvictionInterval = 65_536;

    private readonly EngineState _state;
    private readonly BatchEvaluator _evaluator;
    private readonly Stretches _stretches;

    public Applier(Plan plan, EngineState state, EngineOptions options, IReadOnlyList<byte[]> sourceNames, IDecisionSink sink)
    {
        _state = state;
        _stretches = new Stretches(plan, state.Links);
        _evaluator = new BatchEvaluator(plan, state.Tables, state.Lists);
        Rows = new RowEvaluator(plan, state.Tables, state.Lists, state.Facts) { Links = state.Links, Alignments = state.Alignments };
        Rows.Remember(state.Labels, state.Scores, state.Marks);
        Name(sourceNames);
        Decider = new Decider(plan, state, options, _evaluator, Rows, sink);
    }

    public RowEvaluator Rows { get; }

    public Decider Decider { get; }

    public void Name(IReadOnlyList<byte[]> sources) => _evaluator.SourceNames = Rows.SourceNames = [.. sources];

    /// <summary>Applies the batch in stretches that end where state is bounded, so that results do not depend on batches.</summary>
    public void Apply(EventBatch batch)
    {
        var from = 0;
        while (from < batch.OrderCount)
        {
            var room = EvictionInterval - (int)(_state.Applied % EvictionInterval);
            var to = _stretches.CutAt(batch, from, Math.Min(batch.OrderCount, from + room));
            _evaluator.Begin(batch);
            Decider.Run(batch, from, to);
            _state.Applied += to - from;
            from = to;
            if (_state.Applied % EvictionInterval == 0) Evict();
        }
    }

    private void Evict()
    {
        _state.Measures.Evict(_state.Tables);
        _state.Links.Sweep();
        _state.Alignments.Sweep(_state.Clock);
        _state.Sequences.Bound(_state.Clock, _state.Plan.Limits.PartialsPerRule, _state.Tables);
    }
}
