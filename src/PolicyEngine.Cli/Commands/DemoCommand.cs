using System.CommandLine;
using Microsoft.Extensions.Logging;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.Cli.Text;
using PolicyEngine.DryRun.Simulation;
using PolicyEngine.Service;

namespace PolicyEngine.Cli.Commands;

internal static class DemoCommand
{
    private static readonly Option<int> People = new("--people") { Description = "Accounts that do nothing wrong", HelpName = "N", DefaultValueFactory = _ => 300 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Other numbers give other traffic", HelpName = "N", DefaultValueFactory = _ => 7 };
    private static readonly Option<int> Port = new("--port") { Description = "Port to listen on; 0: any free one", HelpName = "N" };
    private static readonly Option<bool> Exit = new("--exit") { Description = "End after the tour instead of serving on" };

    public static Command Create() => new Command("demo", "Invent some traffic, run the starter rules on it, and show what they decide")
    {
        People, Seed, Port, Exit,
    }.Runs(Run);

    private static async Task<int> Run(Invocation call)
    {
        var rules = Path.Combine(AppContext.BaseDirectory, "rules", "starter");
        var (_, plan) = PackSession.LoadPlan(call.Shell, [rules]);
        var data = Directory.CreateTempSubdirectory("policy-demo-");
        try
        {
            await using var app = PolicyService.Build(
                plan,
                settings =>
                {
                    settings.Packs = [rules];
                    settings.DataFolder = data.FullName;
                },
                $"http://127.0.0.1:{call.Value(Port)}",
                logLevel: call.Shell.Verbose ? LogLevel.Information : LogLevel.Warning);
            await ServeCommand.Start(app, call.Stop).ConfigureAwait(false);
            await Tour(call, new Uri(app.Urls.First())).ConfigureAwait(false);
            if (!call.Value(Exit)) await ServeCommand.WaitForStop(call.Stop).ConfigureAwait(false);
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
            return ExitCode.Ok;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task Tour(Invocation call, Uri address)
    {
        using var client = new DemoClient(address);
        var simulator = new Simulator(Traffic(call.Value(People), (ulong)call.Value(Seed)));
        call.Shell.Note($"Demo data, invented: {Words.Count(simulator.Accounts, "account")} over two days, sent through {address}v1/events");
        using (var progress = ProgressLine.Open(call.Shell, "Sending"))
        {
            await client.Send(simulator, sent => progress.Report(simulator.Share, $"{Words.Number(sent)} events"), call.Stop).ConfigureAwait(false);
        }
        var decisions = await client.Decisions(call.Stop).ConfigureAwait(false);
        DemoView.Write(call.Out, decisions, call.Shell.OutColours);
        call.Shell.Flush();
        if (call.Value(Exit)) return;
        call.Shell.Note($"Serving on {address}   (Ctrl-C ends)");
        call.Shell.Note($"Next: curl {address}v1/status    curl '{address}v1/decisions?limit=5'");
        call.Shell.Flush();
    }

    /// <summary>Campaigns large enough for their time that rules about single accounts see something of them.</summary>
    private static SimulationOptions Traffic(int people, ulong seed) => new()
    {
        Seed = seed,
        Days = 2,
        BenignAccounts = people,
        BenignExchanges = people * 18L,
        Campaigns =
        [
            new Campaign("A", 12, 4800) { Asks = Asks.Reasoning, AccountsOnCard = 30, Tactics = Tactics.Cards | Tactics.Ticks | Tactics.Bursts },
            new Campaign("C", 60, 2400) { Tactics = Tactics.Rotation | Tactics.Cards | Tactics.Cover | Tactics.Pivot | Tactics.Bursts },
        ],
    };
}
