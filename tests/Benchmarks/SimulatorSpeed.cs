using System.Buffers;
using System.Diagnostics;
using PolicyEngine.DryRun.Simulation;

namespace PolicyEngine.Benchmarks;

/// <summary>How fast traffic can be simulated on one core, into memory: every run at full size waits for it.</summary>
internal static class SimulatorSpeed
{
    private const double EventsAtScale1 = 40_300_000;
    private const int EventsAtOnce = 20_000;

    public static void Run(int events, TextWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine($"{"simulate",-12}{"accounts",12}{"events",12}{"events/s",12}{"B a line",10}{"B alloc/event",15}");
        Measure(Preset.Reported, 0.01);
        foreach (var preset in Enum.GetValues<Preset>())
        {
            var (simulator, bytes, allocated, seconds) = Measure(preset, events / EventsAtScale1);
            writer.WriteLine(
                $"{preset,-12}{simulator.Accounts,12:N0}{simulator.Events,12:N0}{simulator.Events / seconds,12:N0}" +
                $"{(double)bytes / simulator.Events,10:0}{(double)allocated / simulator.Events,15:0.0}");
        }
    }

    /// <summary>Building the population counts as well.</summary>
    private static (Simulator Simulator, long Bytes, long Allocated, double Seconds) Measure(Preset preset, double scale)
    {
        var buffer = new ArrayBufferWriter<byte>(EventsAtOnce * 1024);
        var (began, had, bytes) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes(precise: true), 0L);
        var simulator = new Simulator(SimulationOptions.Of(preset, scale));
        for (; simulator.Write(buffer, EventsAtOnce) > 0; buffer.ResetWrittenCount()) bytes += buffer.WrittenCount;
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return (simulator, bytes, GC.GetTotalAllocatedBytes(precise: true) - had, seconds);
    }
}
