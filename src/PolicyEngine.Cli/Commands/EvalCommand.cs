using System.CommandLine;
using System.Text;
using PolicyEngine.Cli.Text;
using PolicyEngine.DryRun.Evaluation;
using PolicyEngine.Language.Diagnostics;

namespace PolicyEngine.Cli.Commands;

internal static class EvalCommand
{
    public static Command Create()
    {
        var packs = CommonOptions.Packs();
        var from = new Option<string>("--event") { Description = "JSON of one event or of several in order; - for standard input", HelpName = "FILE", Required = true };
        var trace = new Option<bool>("--trace") { Description = "Show what every rule made of the last event" };
        var whyNot = new Option<string>("--why-not") { Description = "Show why this rule did not fire at the last event", HelpName = "RULE" };
        var format = CommonOptions.Format("human", "json");
        var json = CommonOptions.Json();
        return new Command("eval", "Judge one event, or a few in order, on a fresh engine") { packs, from, trace, whyNot, format, json }.Runs(call =>
        {
            var (_, plan) = PackSession.LoadPlan(call.Shell, call.Required(packs));
            if (call.Value(whyNot) is { } wanted && plan.Rules.All(r => !IsNamed(r.Pack, r.Name, wanted)))
            {
                var near = Suggestion.Nearest(wanted, plan.Rules.Select(r => r.Name));
                throw new CommandFailure(ExitCode.Usage, $"there is no rule `{wanted}`") { Help = near is null ? null : $"did you mean `{near}`?" };
            }
            var result = EventEvaluation.Run(plan, Read(call.Value(from)!));
            if (call.Form(format, json) == "json")
            {
                foreach (var decision in result.Decisions) call.Out.WriteLine(Encoding.UTF8.GetString(decision));
                return ExitCode.Ok;
            }
            foreach (var decision in result.Decisions)
            {
                DecisionView.Write(call.Out, decision, call.Shell.OutColours);
                call.Out.WriteLine();
            }
            if (result.Decisions.Count == 0) call.Out.WriteLine("no rule fired");
            var shown = result.Traces.Where(t => call.Value(trace) || (call.Value(whyNot) is { } name && IsNamed(t.Rule.Pack, t.Rule.Name, name)));
            foreach (var one in shown) TraceView.Write(call.Out, one, call.Shell.OutColours);
            if (result.Decisions.Count == 0 && !call.Value(trace)) call.Shell.Note("Next: the same with --trace");
            return ExitCode.Ok;
        });
    }

    private static bool IsNamed(string pack, string rule, string name) => name == rule || name == $"{pack}.{rule}";

    private static byte[] Read(string path)
    {
        if (path != "-") return File.Exists(path) ? File.ReadAllBytes(path) : throw new CommandFailure(ExitCode.BadInput, $"there is no file {path}");
        using var input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return bytes.ToArray();
    }
}
