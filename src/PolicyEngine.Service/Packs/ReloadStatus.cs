using PolicyEngine.Runtime;

namespace PolicyEngine.Service.Packs;

/// <summary>How the last attempt to load packs went.</summary>
/// <param name="PackHash">Of the packs in force after it.</param>
/// <param name="Error">The first diagnostic in one line, or why the files could not be read; null when all went well.</param>
/// <param name="Errors">How many errors there were.</param>
internal sealed record ReloadResult(DateTimeOffset At, bool Successful, string PackHash, string? Error, int Errors, ActivationReport? Measures);

/// <summary>What is known about loading packs; written by the loader, read by whoever asks.</summary>
internal sealed class ReloadStatus(TimeProvider time)
{
    private ReloadResult? _last;
    private long _reloads;

    /// <summary>Null until packs were loaded a second time.</summary>
    public ReloadResult? Last => Volatile.Read(ref _last);

    /// <summary>Packs put in force since the start, the first ones not counted.</summary>
    public long Reloads => Interlocked.Read(ref _reloads);

    public void Succeeded(string packHash, ActivationReport measures)
    {
        Interlocked.Increment(ref _reloads);
        Volatile.Write(ref _last, new ReloadResult(time.GetUtcNow(), true, packHash, null, 0, measures));
    }

    public void Failed(string packHash, string error, int errors) =>
        Volatile.Write(ref _last, new ReloadResult(time.GetUtcNow(), false, packHash, error, errors, null));
}
