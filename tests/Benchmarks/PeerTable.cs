using System.Buffers;
using System.Diagnostics;
using PolicyEngine.Benchmarks.Peers;
using PolicyEngine.DryRun.Sampling;

namespace PolicyEngine.Benchmarks;

/// <summary>The same rules on the same events by each peer in turn, on one core: events a second, bytes an event, ratio to this engine.</summary>
internal static class PeerTable
{
    /// <returns>Whether all found each rule true equally often.</returns>
    public static bool Run(int count, TextWriter writer)
    {
        var (events, lines) = Make(count);
        writer.WriteLine();
        writer.WriteLine($"{"10 stateless + 3 windowed rules",-32}{"from what to what",-40}{"events/s",12}{"B/event",10}{"ratio",8}");
        using var loaded = new Duck(isLoadCounted: false);
        using var loading = new Duck(isLoadCounted: true);
        Peer[] peers = [new Ours(lines, 1), new Ours(lines, 2), new LoopFromLines(lines), new Loop(), loaded, loading, new Reactive(), new MicrosoftRules()];
        var (first, agree) = (0.0, true);
        long[]? expected = null;
        foreach (var peer in peers)
        {
            peer.Run(events[..Math.Min(count, 20_000)]);
            if (peer == loaded) loaded.Load(events);
            GC.Collect();
            var (began, had) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes(precise: true));
            var counts = peer.Run(events);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var bytes = (GC.GetTotalAllocatedBytes(precise: true) - had) / (double)count;
            var rate = count / seconds;
            if (first == 0) first = rate;
            writer.WriteLine($"{peer.Name,-32}{peer.Way,-40}{rate,12:N0}{bytes,10:N1}{rate / first,8:0.00}");
            expected ??= counts;
            if (counts.AsSpan().SequenceEqual(expected)) continue;
            agree = false;
            writer.WriteLine($"  differs: {string.Join(' ', counts)}, not {string.Join(' ', expected)}");
        }
        writer.WriteLine($"true on: {string.Join(' ', expected!)}{(agree ? ", by all of them" : "")}; B/event: managed memory only");
        return agree;
    }

    private static (Exchange[] Events, ReadOnlyMemory<byte> Lines) Make(int count)
    {
        var traffic = new BenchmarkTraffic(count, seed: 1);
        var events = new Exchange[count];
        var lines = new ArrayBufferWriter<byte>(count * 420);
        for (var made = 0; made < count;)
        {
            var e = traffic.Next();
            if (e.Kind != TrafficKind.Exchange) continue;
            events[made++] = Exchange.Of(e);
            BenchmarkTraffic.Write(e, lines);
        }
        return (events, lines.WrittenMemory);
    }
}
