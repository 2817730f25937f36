using System.Globalization;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.DryRun.Simulation;

namespace PolicyEngine.Cli.Text;

/// <summary>What a simulation has written, campaigns first.</summary>
internal static class SimulationView
{
    public static void Write(TextWriter writer, Simulator simulator, double seconds, Palette palette)
    {
        var table = new Columns(false, true, true, true);
        table.Add("  cohort", "accounts", "exchanges", "other events");
        foreach (var cohort in simulator.Cohorts().OrderByDescending(c => c.IsFraud))
        {
            var name = $"  {(cohort.IsFraud ? "campaign " : "")}{cohort.Name}";
            table.Add(name, Words.Number(cohort.Accounts), Words.Number(cohort.Exchanges), Words.Number(cohort.OtherEvents));
        }
        var title = $"{Words.Count(simulator.Events, "event")} of {Words.Count(simulator.Accounts, "account")}, all invented";
        writer.WriteLine(palette.Bold(title));
        table.Write(writer);
        var rate = Words.Number((long)(simulator.Events / Math.Max(seconds, 1e-3)));
        writer.WriteLine($"Took     {seconds.ToString("0.0", CultureInfo.InvariantCulture)} s, {rate} events/s");
        writer.WriteLine("Limits   what rules do on invented traffic says nothing about yours");
    }
}
