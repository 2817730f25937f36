using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using PolicyEngine.Cli.Text;
using PolicyEngine.Service;

namespace PolicyEngine.Cli.Commands;

internal static class ServeCommand
{
    public static Command Create()
    {
        var packs = CommonOptions.Packs();
        var data = new Option<string>("--data") { Description = "Folder for the ledger of decisions", HelpName = "DIR" };
        var urls = new Option<string>("--urls") { Description = "Where to listen, separated by ;", HelpName = "URLS", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        var lateness = new Option<string>("--lateness") { Description = "How long events wait for earlier ones, such as 5s", HelpName = "SPAN" };
        return new Command("serve", "Run the engine behind HTTP; packs are reloaded when their files change") { packs, data, urls, lateness }.Runs(async call =>
        {
            var (_, plan) = PackSession.LoadPlan(call.Shell, call.Required(packs));
            var span = call.Value(lateness) is { } text ? Spans.Read(text, "--lateness") : (long?)null;
            await using var app = PolicyService.Build(plan, settings =>
            {
                settings.Packs = [.. call.Required(packs)];
                if (call.Value(data) is { } folder) settings.DataFolder = folder;
                if (span is { } wait) settings.Lateness = TimeSpan.FromMilliseconds(wait);
            }, call.Value(urls)!, logLevel: call.Shell.Verbose ? LogLevel.Debug : call.Shell.Quiet ? LogLevel.Warning : LogLevel.Information);
            await Start(app, call.Stop).ConfigureAwait(false);
            call.Shell.Note($"listening on {string.Join(", ", app.Urls)}   (Ctrl-C ends)");
            call.Shell.Flush();
            await WaitForStop(call.Stop).ConfigureAwait(false);
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
            return ExitCode.Ok;
        });
    }

    /// <exception cref="CommandFailure">The port is taken.</exception>
    public static async Task Start(WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop).ConfigureAwait(false);
        }
        catch (IOException error) when (error is not Storage.StorageException)
        {
            throw new CommandFailure(ExitCode.InputOutput, error.Message.TrimEnd('.'));
        }
    }

    /// <summary>Returns when the user or the system asks to end.</summary>
    public static Task WaitForStop(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stop.Register(() => stopped.TrySetResult());
        return stopped.Task;
    }
}
