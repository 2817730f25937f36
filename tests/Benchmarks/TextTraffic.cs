using System.Text;
using PolicyEngine.DryRun.Benchmarking;

namespace PolicyEngine.Benchmarks;

/// <summary>Events about programs, 1 800 bytes each, made beforehand.</summary>
internal sealed class TextTraffic(TextRules rules, int events) : BenchTraffic
{
    private const int EventsInStretch = 10_000;
    private readonly List<byte[]> _stretches = [.. Enumerable.Range(0, (events + EventsInStretch - 1) / EventsInStretch).Select(s => Make(rules, s, events))];

    public override string Name => "programs and their command lines";

    public override IEnumerable<ReadOnlyMemory<byte>> Stretches() => _stretches.Select(s => (ReadOnlyMemory<byte>)s);

    private static byte[] Make(TextRules rules, int stretch, int events)
    {
        var text = new StringBuilder();
        for (var i = stretch * EventsInStretch; i < Math.Min(events, (stretch + 1) * EventsInStretch); i++) text.Append(rules.Line(i));
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
