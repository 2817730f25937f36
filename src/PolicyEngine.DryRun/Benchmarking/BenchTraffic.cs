using System.Buffers;
using PolicyEngine.DryRun.Recordings;
using PolicyEngine.DryRun.Sampling;

namespace PolicyEngine.DryRun.Benchmarking;

/// <summary>The lines that a benchmark runs over, in stretches of whole lines; the same ones each time they are gone through.</summary>
public abstract class BenchTraffic
{
    /// <summary>What it is, for the report.</summary>
    public abstract string Name { get; }

    /// <summary>A stretch is valid until the next one is asked for. Making it is nobody's time but the caller's own.</summary>
    public abstract IEnumerable<ReadOnlyMemory<byte>> Stretches();

    public static BenchTraffic Invented(long events, ulong seed) => new InventedTraffic(events, seed);

    /// <summary>A recording read into memory before anything is measured: its first events up to <paramref name="events"/>, 2 GiB at most.</summary>
    /// <exception cref="InputException">The recording cannot be read.</exception>
    public static BenchTraffic Recorded(string path, long events) => new RecordedTraffic(path, events);

    private sealed class InventedTraffic(long events, ulong seed) : BenchTraffic
    {
        private const int EventsInStretch = 100_000;

        public override string Name => $"invented traffic, seed {seed}";

        public override IEnumerable<ReadOnlyMemory<byte>> Stretches()
        {
            var traffic = new BenchmarkTraffic(events, seed);
            var buffer = new ArrayBufferWriter<byte>(EventsInStretch * 512);
            for (var made = 0L; made < events;)
            {
                buffer.ResetWrittenCount();
                var until = Math.Min(events, made + EventsInStretch);
                for (; made < until; made++) BenchmarkTraffic.Write(traffic.Next(), buffer);
                yield return buffer.WrittenMemory;
            }
        }
    }

    private sealed class RecordedTraffic : BenchTraffic
    {
        private const long Most = 2L << 30;
        // The engine is waited for at the end of each: many batches long, or two threads would hardly overlap.
        private const int StretchBytes = 64 << 20;

        private readonly List<byte[]> _stretches = [];
        private readonly string _path;

        public RecordedTraffic(string path, long events)
        {
            _path = path;
            using var reader = RecordingReader.Open(path);
            var bytes = 0L;
            var stretch = new ArrayBufferWriter<byte>(StretchBytes);
            while (events > 0 && bytes < Most && reader.Next() is { } block)
            {
                var lines = FirstLines(block.Lines.Span, ref events);
                stretch.Write(lines);
                bytes += lines.Length;
                reader.Return(block);
                if (stretch.WrittenCount >= StretchBytes) End(stretch);
            }
            End(stretch);
        }

        public override string Name => _path;

        public override IEnumerable<ReadOnlyMemory<byte>> Stretches() => _stretches.Select(s => (ReadOnlyMemory<byte>)s);

        private void End(ArrayBufferWriter<byte> stretch)
        {
            if (stretch.WrittenCount > 0) _stretches.Add(stretch.WrittenSpan.ToArray());
            stretch.ResetWrittenCount();
        }

        private static ReadOnlySpan<byte> FirstLines(ReadOnlySpan<byte> lines, ref long events)
        {
            var end = 0;
            while (events > 0 && end < lines.Length)
            {
                var feed = lines[end..].IndexOf((byte)'\n');
                end = feed < 0 ? lines.Length : end + feed + 1;
                events--;
            }
            return lines[..end];
        }
    }
}
