namespace PolicyEngine.Runtime;

/// <summary>A part of an event's way through the engine. Record lies within Decide.</summary>
public enum EngineStage : byte { Intake, Measures, Screen, Decide, Record }

/// <summary>
/// Adds up how long batches spend in each stage, for benchmarks. The engine has no clock, so the host brings one; without one nothing
/// is asked and nothing kept. One thread only: give it to engines with <see cref="EngineOptions.Threads"/> 1.
/// </summary>
/// <param name="now">Ticks of any steady clock.</param>
public sealed class StageClock(Func<long> now)
{
    private readonly long[] _spent = new long[5];

    /// <summary>Ticks spent in the stage so far.</summary>
    public long this[EngineStage stage] => _spent[(int)stage];

    internal long Now() => now();

    /// <summary>The stage that began at <paramref name="since"/> is over; the result is when the next one begins.</summary>
    internal long Add(EngineStage stage, long since)
    {
        var ended = now();
        _spent[(int)stage] += ended - since;
        return ended;
    }
}
