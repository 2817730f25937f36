using System.Diagnostics;
using System.Net;

namespace PolicyEngine.Cli.Tests;

/// <summary>Commands that run on until they are told to end.</summary>
public sealed class LongCommandTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cases", "090-dry-run");

    [Fact]
    public async Task The_demo_decides_and_explains()
    {
        var (exit, output, error) = await PolicyProcess.Run(Folder, ["demo", "--people", "20", "--exit"]);
        Assert.Equal(0, exit);
        Assert.Contains("reasoning_harvest", output, StringComparison.Ordinal);
        Assert.Contains("One of them in full", output, StringComparison.Ordinal);
        Assert.Contains("✓ requests_24h >= 150", output, StringComparison.Ordinal);
        Assert.DoesNotContain("fault", error, StringComparison.Ordinal);
    }

    [SignalFact("INT")]
    public async Task An_interrupted_dry_run_reports_what_was_done()
    {
        using var process = PolicyProcess.Start(Folder, ["dry-run", "starter", "--on", "-"]);
        await process.StandardInput.WriteAsync(await File.ReadAllTextAsync(Path.Combine(Folder, "log.ndjson")));
        await process.StandardInput.FlushAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.False(process.HasExited);
        var output = await End(process, "INT");
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("Interrupted", output, StringComparison.Ordinal);
    }

    [SignalFact("TERM")]
    public async Task A_service_answers_until_it_is_asked_to_end()
    {
        var data = Directory.CreateTempSubdirectory("policy-cli-");
        string[] serve = ["serve", "starter", "--urls", "http://127.0.0.1:0", "--data", data.FullName];
        using var process = PolicyProcess.Start(Folder, [.. serve, "-q"], ("POLICY_LINEBYTES", "1"));
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token);
        Assert.Equal(64, process.ExitCode);
        Assert.Contains("LineBytes", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);

        using var service = PolicyProcess.Start(Folder, serve);
        string? line;
        while ((line = await service.StandardError.ReadLineAsync()) is not null && !line.StartsWith("listening on", StringComparison.Ordinal))
        {
        }
        using var http = new HttpClient { BaseAddress = new Uri(line!.Split(' ')[2]) };
        using var ready = await http.GetAsync(new Uri("healthz/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        await End(service, "TERM");
        Assert.Equal(0, service.ExitCode);
        data.Delete(recursive: true);
    }

    private static async Task<string> End(Process process, string signal)
    {
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"])) await kill.WaitForExitAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(limit.Token);
        return await output;
    }
}
