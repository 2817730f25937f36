using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using PolicyEngine.Cli.Commands;

namespace PolicyEngine.Cli;

/// <summary>The command tree, and the way from arguments to an exit code.</summary>
internal static class PolicyCommandLine
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = Tree();
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is not HelpAction && (parsed.Errors.Count > 0 || UsageErrors.MistypedOption(parsed) is not null)) return UsageErrors.Report(parsed);
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(configuration, stop.Token).ConfigureAwait(false);
    }

    public static RootCommand Tree()
    {
        var root = new RootCommand("Detection and response rules for account abuse, in a language that reads as policy")
        {
            CommonOptions.Colour, CommonOptions.Quiet, CommonOptions.Verbose, CommonOptions.Directory,
        };
        foreach (var version in root.Options.OfType<VersionOption>().ToList()) root.Options.Remove(version);
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(FormatCommand.Create());
        root.Subcommands.Add(ConvertCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(ExplainCommand.Create());
        root.Subcommands.Add(FactsCommand.Create());
        root.Subcommands.Add(ListsCommand.Create());
        root.Subcommands.Add(TestCommand.Create());
        root.Subcommands.Add(EvalCommand.Create());
        root.Subcommands.Add(PlanCommand.Create());
        root.Subcommands.Add(DryRunCommand.Create());
        root.Subcommands.Add(CoverageCommand.Create());
        root.Subcommands.Add(SimulateCommand.Create());
        root.Subcommands.Add(CampaignsCommand.Create());
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(DecisionsCommand.Create());
        root.Subcommands.Add(CompletionCommand.Create());
        root.Subcommands.Add(Bench.BenchCommand.Create());
        root.Subcommands.Add(VersionCommand.Create());
        root.SetAction(parsed => new HelpAction().Invoke(parsed));
        return root;
    }

    /// <summary>The first signal asks the command to finish with what it has; a second one ends the process as usual.</summary>
    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        if (stop.IsCancellationRequested) return;
        signal.Cancel = true;
        stop.Cancel();
    }
}
