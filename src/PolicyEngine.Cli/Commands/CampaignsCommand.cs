using System.CommandLine;
using System.Text;
using System.Text.Json;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.Cli.Text;
using PolicyEngine.DryRun;
using PolicyEngine.DryRun.Campaigns;

namespace PolicyEngine.Cli.Commands;

internal static class CampaignsCommand
{
    private static readonly Argument<string[]> Packs = CommonOptions.Packs();
    private static readonly Option<string> On = new("--on") { Description = "The recording: lines of JSON, plain or packed (gzip, zstd); it is read twice", HelpName = "FILE", Required = true };
    private static readonly Option<string> Html = new("--html") { Description = "Write the report as one page with timeline and link graph", HelpName = "FILE" };
    private static readonly Option<int> Least = new("--least") { Description = "Leave out campaigns of fewer accounts", HelpName = "N", DefaultValueFactory = _ => 2 };

    public static Command Create()
    {
        var format = CommonOptions.Format("human", "json");
        var json = CommonOptions.Json();
        return new Command("campaigns", "What the cases that packs open in a recording have in common: who, after what, through what, when")
        {
            Packs, On, Html, Least, format, json,
        }.Runs(call =>
        {
            var report = Find(call);
            if (call.Value(Html) is { } page) Write(page, CampaignPage.Write(report));
            if (call.Form(format, json) == "json") call.Out.WriteLine(JsonSerializer.Serialize(report, CampaignsJson.Default.CampaignsReport));
            else new CampaignsView(report, call.Shell.OutColours).Write(call.Out);
            return ExitCode.Ok;
        });
    }

    private static CampaignsReport Find(Invocation call)
    {
        var recording = call.Value(On)!;
        if (recording == "-") throw new CommandFailure(ExitCode.Usage, "a recording is read twice, so it cannot come from standard input");
        var (model, plan) = PackSession.LoadPlan(call.Shell, call.Required(Packs));
        using var bar = ProgressLine.Open(call.Shell, "Replaying");
        var options = new DryRunOptions { EngineVersion = ProgramVersion.Text, Threads = Math.Clamp(Environment.ProcessorCount, 1, 2) };
        return new CampaignFinder(model, plan).Find(
            recording, call.Value(Least), options, p => bar.Report(p.Share, $"{Words.Number(p.Events)} events"), call.Stop);
    }

    private static void Write(string path, string page)
    {
        try
        {
            File.WriteAllText(path, page, new UTF8Encoding(false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.InputOutput, $"cannot write the page to {path}: {error.Message}");
        }
    }
}
