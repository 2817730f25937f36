namespace PolicyEngine.Runtime.State;

/// <summary>`at most N per span`, per rule and action: times of what was carried out in (τ − span, τ] (I6).</summary>
internal sealed class LimitStore
{
    private readonly Dictionary<string, Queue<long>> _times = [];

    public bool IsReached(string ruleId, int action, long limit, long span, long tau)
    {
        var queue = QueueOf(ruleId, action);
        while (queue.Count > 0 && queue.Peek() <= tau - span) queue.Dequeue();
        return queue.Count >= limit;
    }

    public void Count(string ruleId, int action, long tau) => QueueOf(ruleId, action).Enqueue(tau);

    private Queue<long> QueueOf(string ruleId, int action)
    {
        var key = $"{ruleId}/{action}";
        if (!_times.TryGetValue(key, out var queue)) _times[key] = queue = new Queue<long>();
        return queue;
    }
}
