using System.Diagnostics;

namespace PolicyEngine.Cli.Tests;

/// <summary>The command as a user starts it: a process of its own.</summary>
internal static class PolicyProcess
{
    private static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "PolicyEngine.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name,
        OperatingSystem.IsWindows() ? "policy.exe" : "policy"));

    public static async Task<(int Exit, string Out, string Error)> Run(
        string folder, IEnumerable<string> arguments, string? input = null, params (string Name, string Value)[] environment)
    {
        using var process = Start(folder, arguments, environment);
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Starts it and leaves it running; the caller reads and ends it.</summary>
    public static Process Start(string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        string[] command = [.. SignalFactAttribute.Before, Program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
