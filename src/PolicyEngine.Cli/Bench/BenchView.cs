using System.Globalization;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.Cli.Text;
using PolicyEngine.DryRun.Benchmarking;

namespace PolicyEngine.Cli.Bench;

/// <summary>A benchmark as tables.</summary>
internal static class BenchView
{
    public static void Write(BenchReport report, TextWriter writer)
    {
        writer.WriteLine($"Bench    {report.Traffic}, {Number(report.BytesPerEvent, "0")} B an event   pack {report.PackHash[..8]}");
        writer.WriteLine($"Machine  {Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}");
        writer.WriteLine();
        var passes = new Columns(true, true, true, true, true, true);
        passes.Add("threads", "events", "decisions", "events/s", "B alloc/event", "state");
        foreach (var pass in report.Passes)
            passes.Add(
                Words.Number(pass.Threads), Words.Number(pass.Events), Words.Number(pass.Decisions), Words.Number((long)pass.EventsPerSecond),
                Number(pass.AllocatedPerEvent, "0.0"), Words.Bytes(Math.Max(0, pass.StateBytes)));
        passes.Write(writer, "  ");
        writer.WriteLine();
        var stages = new Columns(false, true);
        stages.Add("stage, 1 thread", "ns/event");
        foreach (var stage in report.Stages) stages.Add(stage.Stage, Number(stage.NanosecondsPerEvent, "0.0"));
        stages.Write(writer, "  ");
        writer.WriteLine();
        var rules = new Columns(false, true, true, true, true, true);
        rules.Add("rule, share of events", "sampled", "true", "risen", "cooled", "decided");
        foreach (var rule in report.Rules)
            rules.Add(rule.Rule, Share(rule.Sampled), Share(rule.True), Share(rule.Risen), Share(rule.Cooled), Share(rule.Decided));
        rules.Write(writer, "  ");
    }

    private static string Share(double share) => share == 0 ? "-" : Number(share * 100, "0.000") + "%";

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
