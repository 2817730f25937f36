using PolicyEngine.Runtime;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Storage.Sinks;

namespace PolicyEngine.Benchmarks.Peers;

/// <summary>This engine, from lines of JSON to decisions with evidence.</summary>
internal sealed class Ours(ReadOnlyMemory<byte> lines, int threads) : Peer
{
    private static readonly Plan Plan = Plans.Compile(ThirteenRules.Policy);

    public override string Name => threads == 1 ? "PolicyEngine" : $"PolicyEngine, {threads} threads";

    public override string Way => "JSON lines to decisions with evidence";

    /// <param name="events">Only their number counts: the lines are the same events.</param>
    public override long[] Run(Exchange[] events)
    {
        using var engine = new Engine(Plan, new EngineOptions { BatchSize = 2048, Threads = threads }, NullSink.Instance);
        engine.Append(engine.AddSource(new SourceOptions("bench", SourceMode.Ordered)), FirstLines(events.Length), isLast: true);
        engine.Finish();
        return [.. engine.RuleCounters.OrderBy(r => r.Rule, StringComparer.Ordinal).Select(r => r.True)];
    }

    private ReadOnlyMemory<byte> FirstLines(int count)
    {
        var end = 0;
        for (; count > 0; count--) end += lines.Span[end..].IndexOf((byte)'\n') + 1;
        return lines[..end];
    }
}
