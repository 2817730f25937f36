using System.Diagnostics;

namespace PolicyEngine.Cli.Tests;

/// <summary>
/// A fact about a signal sent to the command. Where none can reach it the fact is reported as skipped, with the reason: a test that
/// returns early looks like one that passed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SignalFactAttribute : FactAttribute
{
    public SignalFactAttribute(string signal) => Skip = Obstacle(signal);

    private static string? Obstacle(string signal)
    {
        if (OperatingSystem.IsWindows()) return "there are no signals here to send";
        return signal == "INT" && AreInterruptsIgnored && !CanRestore
            ? "interrupts are ignored from the start, as in a background job, and `env` cannot undo it" : null;
    }

    /// <summary>Whoever started the tests ignores interrupts, and children inherit that; a shell does so to its background jobs.</summary>
    private static bool AreInterruptsIgnored { get; } = FindIgnored();

    /// <summary>`env` can start a command with interrupts as they are by default.</summary>
    private static bool CanRestore { get; } = AreInterruptsIgnored && TryRestore();

    /// <summary>What stands before a command, so that interrupts reach it.</summary>
    public static IReadOnlyList<string> Before => CanRestore ? ["env", "--default-signal=INT"] : [];

    private static bool FindIgnored()
    {
        const long interrupt = 1 << (2 - 1);
        const string status = "/proc/self/status";
        if (!File.Exists(status)) return false;
        var ignored = File.ReadLines(status).First(l => l.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim();
        return (Convert.ToInt64(ignored, 16) & interrupt) != 0;
    }

    private static bool TryRestore()
    {
        using var tried = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "true"]) { RedirectStandardError = true });
        tried?.WaitForExit();
        return tried?.ExitCode == 0;
    }
}
