using System.CommandLine;
using System.Text.Json;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.Cli.Text;
using PolicyEngine.DryRun;
using PolicyEngine.DryRun.Reports;
using PolicyEngine.DryRun.Scoring;
using PolicyEngine.Storage;

namespace PolicyEngine.Cli.Commands;

internal static class DryRunCommand
{
    private static readonly Argument<string[]> Packs = CommonOptions.Packs();
    private static readonly Option<string> On = new("--on")
    {
        Description = "The recording: lines of JSON, plain or packed (gzip, zstd); - for standard input", HelpName = "FILE", Required = true,
    };
    private static readonly Option<string> Decisions = new("--decisions")
    {
        Description = "Write the decisions there, one line of JSON each", HelpName = "FILE",
    };
    private static readonly Option<string> Labels = new("--labels")
    {
        Description = "What the accounts really are: a table with a column `label`", HelpName = "CSV",
    };
    private static readonly Option<int> Threads = new("--threads")
    {
        Description = "Threads of the engine", HelpName = "N", DefaultValueFactory = _ => Math.Clamp(Environment.ProcessorCount, 1, 2),
    };
    private static readonly Option<int> Batch = new("--batch")
    {
        Description = "Events taken at once; changes no decision", HelpName = "N", DefaultValueFactory = _ => 2048,
    };
    private static readonly Option<string> Lateness = new("--lateness")
    {
        Description = "How far out of order the recording is, such as 5s: events wait so long for those before them; what comes later is late",
        HelpName = "SPAN",
    };
    private static readonly Option<string> Until = new("--until")
    {
        Description = "Run the clock on to this time after the last event", HelpName = "TIME",
    };
    private static readonly Option<string> Warmup = new("--warmup")
    {
        Description = "With --labels: do not score decisions of the first stretch, such as 24h, in which measures still fill", HelpName = "SPAN",
    };

    public static Command Create()
    {
        var format = CommonOptions.Format("human", "json");
        var json = CommonOptions.Json();
        Threads.Validators.Add(result => RequireRange(result, 1, 64));
        Batch.Validators.Add(result => RequireRange(result, 1, 1 << 20));
        return new Command("dry-run", "Run packs over a recording and report what they would have done")
        {
            Packs, On, Decisions, Labels, Threads, Batch, Lateness, Until, Warmup, format, json,
        }.Runs(call =>
        {
            var report = Run(call);
            if (call.Form(format, json) == "json") call.Out.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.DryRunReport));
            else new DryRunView(report, call.Shell.OutColours).Write(call.Out);
            if (report.Interrupted) return ExitCode.Interrupted;
            if (report.Events == 0 || report.Accepted > 0) return ExitCode.Ok;
            throw new CommandFailure(
                ExitCode.BadInput, $"none of the {Words.Count(report.Events, "line")} of {report.Recording} is an event that these packs know");
        });
    }

    private static DryRunReport Run(Invocation call)
    {
        var truth = call.Value(Labels) is { } labels ? Truth.Read(labels) : null;
        var (_, plan) = PackSession.LoadPlan(call.Shell, call.Required(Packs));
        using var decisions = call.Value(Decisions) is { } path ? OpenForWriting(path) : null;
        var options = new DryRunOptions
        {
            Truth = truth,
            Decisions = decisions,
            Threads = call.Value(Threads),
            Batch = call.Value(Batch),
            Lateness = call.Value(Lateness) is { } lateness ? Spans.Read(lateness, "--lateness") : 0,
            Until = call.Value(Until) is { } until ? Moments.Read(until, "--until") : null,
            Warmup = call.Value(Warmup) is { } warmup ? Spans.Read(warmup, "--warmup") : 0,
            EngineVersion = ProgramVersion.Text,
        };
        using var bar = ProgressLine.Open(call.Shell, "Replaying");
        return new DryRunner(plan, options).Run(call.Value(On)!, p => bar.Report(p.Share, $"{Words.Number(p.Events)} events"), call.Stop);
    }

    private static FileStream OpenForWriting(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"cannot write decisions to {path}: {error.Message}", error);
        }
    }

    private static void RequireRange(System.CommandLine.Parsing.OptionResult result, int least, int most)
    {
        if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var value) || value < least || value > most))
            result.AddError($"{result.Option.Name} is a number from {least} to {most}");
    }
}
