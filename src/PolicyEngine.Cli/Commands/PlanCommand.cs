using System.CommandLine;
using PolicyEngine.Cli.Text;

namespace PolicyEngine.Cli.Commands;

internal static class PlanCommand
{
    public static Command Create()
    {
        var packs = CommonOptions.Packs();
        var explain = new Option<bool>("--explain") { Description = "Show strata, measures and what each rule costs" };
        return new Command("plan", "Show how packs will be run") { packs, explain }.Runs(call =>
        {
            var (model, plan) = PackSession.LoadPlan(call.Shell, call.Required(packs));
            call.Out.WriteLine($"Plan {plan.Hash}");
            call.Out.WriteLine(
                $"{Words.Count(plan.Rules.Count, "rule")} in {(plan.Strata == 1 ? "1 stratum" : $"{plan.Strata} strata")}, "
                + $"{Words.Count(plan.Measures.Count, "measure")}, {Words.Count(plan.EventTypes.Count, "event type")}, {Words.Count(plan.Columns.Count, "column")}");
            if (call.Value(explain)) new PlanInWords(model, plan).Write(call.Out, call.Shell.OutColours);
            else call.Shell.Note($"Next: policy plan --explain {string.Join(' ', call.Required(packs))}");
            return ExitCode.Ok;
        });
    }
}
