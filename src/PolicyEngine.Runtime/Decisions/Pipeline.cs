using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// Batches on their way from the intake to the applier. With one thread a batch is applied where it was filled; with two, a worker
/// applies while the caller fills the next, a few batches in flight. Order is the same, so decisions are.
/// </summary>
internal sealed class Pipeline : IDisposable
{
    private const int InFlight = 4;

    private readonly BlockingCollection<EventBatch> _free = [];
    private readonly BlockingCollection<EventBatch> _filled = [];
    private readonly EventBatch[] _batches;
    private readonly Thread? _worker;
    private volatile ExceptionDispatchInfo? _failure;
    private readonly Applier _applier;
    private readonly AheadColumns _ahead;

    public Pipeline(Plan plan, EngineOptions options, Applier applier)
    {
        _applier = applier;
        _ahead = new AheadColumns(plan);
        var workers = options.Threads > 1 && Overlap.IsSafe(plan) ? 1 : 0;
        _batches = [.. Enumerable.Range(0, workers > 0 ? InFlight : 1).Select(_ => NewBatch(plan, options.BatchSize, workers > 0))];
        foreach (var batch in _batches) _free.Add(batch);
        if (workers == 0) return;
        _worker = new Thread(Work) { IsBackground = true, Name = "policy apply" };
        _worker.Start();
    }

    /// <summary>A batch to fill; waits while all are in flight.</summary>
    public EventBatch Take()
    {
        var batch = _free.Take();
        if (_failure is { } failure)
        {
            _free.Add(batch);
            failure.Throw();
        }
        return batch;
    }

    /// <summary>Hands on a batch that was filled.</summary>
    public void Put(EventBatch batch)
    {
        if (_worker is not null && batch.OrderCount > 0)
        {
            _ahead.Fill(batch);
            _filled.Add(batch);
            return;
        }
        try
        {
            if (batch.OrderCount > 0) _applier.Apply(batch);
        }
        finally
        {
            _free.Add(batch);
        }
    }

    /// <summary>Waits until every batch is applied: what follows must see their effects.</summary>
    public void Flush()
    {
        if (_worker is null) return;
        for (var i = 0; i < _batches.Length; i++) _ = _free.Take();
        foreach (var batch in _batches) _free.Add(batch);
        _failure?.Throw();
    }

    public void Dispose()
    {
        _filled.CompleteAdding();
        _worker?.Join();
        _free.Dispose();
        _filled.Dispose();
    }

    private EventBatch NewBatch(Plan plan, int capacity, bool isShared) =>
        new(plan, capacity) { Ahead = isShared ? _ahead.For(capacity) : [] };

    private void Work()
    {
        foreach (var batch in _filled.GetConsumingEnumerable())
        {
            try
            {
                if (_failure is null) _applier.Apply(batch);
            }
            catch (Exception failure)
            {
                // Thrown again on the caller's thread, which is the one that can tell somebody.
                _failure = ExceptionDispatchInfo.Capture(failure);
            }
            _free.Add(batch);
        }
    }
}
