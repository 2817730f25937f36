using System.CommandLine;
using PolicyEngine.Cli.Text;
using PolicyEngine.DryRun.Testing;

namespace PolicyEngine.Cli.Commands;

internal static class TestCommand
{
    public static Command Create()
    {
        var packs = CommonOptions.Packs();
        var filter = new Option<string>("--filter") { Description = "Only tests with this text in their title", HelpName = "TEXT" };
        var format = CommonOptions.Format("human", "json");
        var json = CommonOptions.Json();
        return new Command("test", "Run the tests that packs carry") { packs, filter, format, json }.Runs(call =>
        {
            var runner = new TestRunner(PackSession.LoadModel(call.Shell, call.Required(packs)));
            var outcomes = new List<TestOutcome>();
            foreach (var test in runner.Tests.Where(t => t.Title.Contains(call.Value(filter) ?? "", StringComparison.OrdinalIgnoreCase)))
            {
                call.Stop.ThrowIfCancellationRequested();
                outcomes.Add(runner.Run(test));
            }
            if (call.Form(format, json) == "json") TestView.WriteJson(call.Out, outcomes);
            else TestView.WriteHuman(call.Out, outcomes, call.Shell);
            if (outcomes.Count == 0) call.Shell.Note(call.Value(filter) is null ? "the packs carry no tests" : "no test has that in its title");
            return outcomes.Any(o => o.Verdict == TestVerdict.Failed) ? ExitCode.No : ExitCode.Ok;
        });
    }
}
