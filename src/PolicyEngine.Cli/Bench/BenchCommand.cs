using System.CommandLine;
using System.Text.Json;
using PolicyEngine.DryRun.Benchmarking;

namespace PolicyEngine.Cli.Bench;

internal static class BenchCommand
{
    private const ulong Seed = 1;

    public static Command Create()
    {
        var packs = new Argument<string[]>("PACK")
        {
            Description = "Folders or files with policies; the starter pack if none", Arity = ArgumentArity.ZeroOrMore,
        };
        var on = new Option<string>("--on") { Description = "A recording, read into memory first; without one, traffic is invented", HelpName = "FILE" };
        var events = new Option<long>("--events") { Description = "How many events", HelpName = "N", DefaultValueFactory = _ => 500_000 };
        var format = CommonOptions.Format("human", "json");
        var json = CommonOptions.Json();
        return new Command("bench", "Measure how fast packs run here, stage by stage and rule by rule") { packs, on, events, format, json }.Runs(call =>
        {
            var given = call.Required(packs);
            var (_, plan) = PackSession.LoadPlan(call.Shell, given.Length > 0 ? given : [Path.Combine(AppContext.BaseDirectory, "rules", "starter")]);
            var traffic = call.Value(on) is { } path ? BenchTraffic.Recorded(path, call.Value(events)) : BenchTraffic.Invented(call.Value(events), Seed);
            int[] threads = Environment.ProcessorCount > 1 ? [1, 2] : [1];
            var report = new BenchRunner(plan, traffic).Run(threads, step => call.Shell.Note($"measuring: {step}"), call.Stop);
            if (call.Form(format, json) == "json") call.Out.WriteLine(JsonSerializer.Serialize(report, BenchJson.Default.BenchReport));
            else BenchView.Write(report, call.Out);
            return ExitCode.Ok;
        });
    }
}
