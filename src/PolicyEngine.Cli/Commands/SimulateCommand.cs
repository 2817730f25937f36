using System.CommandLine;
using System.Diagnostics;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.Cli.Text;
using PolicyEngine.DryRun;
using PolicyEngine.DryRun.Recordings;
using PolicyEngine.DryRun.Simulation;

namespace PolicyEngine.Cli.Commands;

internal static class SimulateCommand
{
    private const double UsualScale = 0.02;
    private const double LargestScale = 50;
    private const int EventsAtOnce = 20_000;

    private static readonly Dictionary<string, Preset> Presets = new()
    {
        ["reported"] = Preset.Reported, ["evasive"] = Preset.Evasive, ["slow"] = Preset.Slow,
        ["a-only"] = Preset.AOnly, ["none"] = Preset.None,
    };

    private static readonly Option<double> Scale = new("--scale")
    {
        Description = "Share of the reported size; 1: 24 000 accounts and 16 million exchanges of campaigns, and 24 million others",
        HelpName = "SHARE", DefaultValueFactory = _ => UsualScale,
    };
    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Other numbers give other traffic",
        HelpName = "N", DefaultValueFactory = _ => 1,
    };
    private static readonly Option<int> Days = new("--days")
    {
        Description = "How long it goes on",
        HelpName = "N", DefaultValueFactory = _ => 14,
    };
    private static readonly Option<string> Start = new("--start")
    {
        Description = "When it begins, a whole minute",
        HelpName = "TIME", DefaultValueFactory = _ => "2026-02-02",
    };
    private static readonly Option<string> Out = new("--out")
    {
        Description = "Where to write the events; - for standard output; .gz and .zst are packed",
        HelpName = "FILE", DefaultValueFactory = _ => "-",
    };
    private static readonly Option<string> Truth = new("--truth")
    {
        Description = "Write there what every account really is, a table for dry-run --labels",
        HelpName = "CSV",
    };
    private static readonly Option<string> Which = new("--preset")
    {
        Description = "The campaigns: " + string.Join(", ", Presets.Keys),
        HelpName = "NAME", DefaultValueFactory = _ => "reported",
    };
    private static readonly Option<string[]> More = new("--campaign")
    {
        Description =
            "One more campaign: \"NAME: accounts=N, exchanges=N, asks=reasoning|tools|all, tactics=cards+ticks+…, per-card=N\"",
        HelpName = "TEXT",
    };

    public static Command Create()
    {
        Which.AcceptOnlyFromAmong([.. Presets.Keys]);
        Scale.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= LargestScale))
                result.AddError($"--scale is a number above 0, {LargestScale} at most");
        });
        return new Command("simulate", "Invent the traffic of a platform, with campaigns in it, and tell who is who")
        {
            Scale, Seed, Days, Start, Out, Truth, Which, More,
        }.Runs(Run);
    }

    private static int Run(Invocation call)
    {
        var simulator = Open(Options(call));
        if (call.Value(Truth) is { } truth) WriteTruth(simulator, truth);
        var watch = Stopwatch.StartNew();
        using (var output = RecordingWriter.Create(call.Value(Out)!))
        using (var progress = ProgressLine.Open(call.Shell, "Simulating"))
        {
            while (!call.Stop.IsCancellationRequested && simulator.Write(output, EventsAtOnce) > 0)
                progress.Report(simulator.Share, $"{Words.Number(simulator.Events)} events");
        }
        if (!call.Shell.Quiet) SimulationView.Write(call.Shell.Error, simulator, watch.Elapsed.TotalSeconds, call.Shell.ErrorColours);
        if (!call.Stop.IsCancellationRequested) return ExitCode.Ok;
        call.Shell.Note("Interrupted: the truth file speaks of all accounts, the events end early.");
        return ExitCode.Interrupted;
    }

    private static Simulator Open(SimulationOptions options)
    {
        try
        {
            return new Simulator(options);
        }
        catch (InputException wrong)
        {
            // Here the options are the command line's own, and no file is to blame.
            throw new CommandFailure(ExitCode.Usage, wrong.Message);
        }
    }

    private static SimulationOptions Options(Invocation call)
    {
        var options = SimulationOptions.Of(Presets[call.Value(Which)!], call.Value(Scale));
        return options with
        {
            Seed = call.Value(Seed),
            Days = call.Value(Days),
            Start = Moments.Read(call.Value(Start)!, "--start"),
            Campaigns = [.. options.Campaigns, .. (call.Value(More) ?? []).Select(CampaignText.Read)],
        };
    }

    private static void WriteTruth(Simulator simulator, string path)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        simulator.WriteTruth(writer);
    }
}
