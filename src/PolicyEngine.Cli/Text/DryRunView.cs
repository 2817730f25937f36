using System.Globalization;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.DryRun.Reports;
using PolicyEngine.DryRun.Scoring;

namespace PolicyEngine.Cli.Text;

/// <summary>The report of a dry run for people: the two numbers first, then whom they are made of, then each rule.</summary>
internal sealed class DryRunView(DryRunReport report, Palette palette)
{
    private const int BarWidth = 20;
    private const int MaximumCohorts = 20;
    private const int MaximumSilent = 40;

    public void Write(TextWriter writer)
    {
        WriteHead(writer);
        if (report.Labels is { } labels) WriteLabels(writer, labels);
        WriteRules(writer);
        WriteFoot(writer);
    }

    private void WriteHead(TextWriter writer)
    {
        var recording = $"{report.Recording} ({Short(report.RecordingHash)})";
        writer.WriteLine($"{palette.Bold("Dry run")}  {report.Report}   pack {Short(report.PackHash)}  recording {recording}  engine {report.EngineVersion}");
        if (report.Interrupted) writer.WriteLine(palette.Yellow("Interrupted: all numbers speak of the part that was done."));
        var window = report.Window is var (first, last) ? $"{Moments.Show(first)} .. {Moments.Show(last)}   " : "";
        writer.WriteLine($"Window   {window}{Words.Count(report.Events, "event")}, {Words.Count(report.Decisions, "decision")}");
        if (report.Rejected + report.Late + report.Duplicates > 0)
            writer.WriteLine($"Not all  {Words.Number(report.Rejected)} rejected, {Words.Number(report.Late)} late, {Words.Number(report.Duplicates)} duplicates");
        if (report.Late > 0) writer.WriteLine("         late events move no measure; a recording out of order by up to 5s wants --lateness 5s");
        foreach (var (reason, count) in report.RejectedByReason.OrderByDescending(r => r.Value).Take(5))
            writer.WriteLine($"         {Words.Number(count)} rejected: {reason}");
        writer.WriteLine("Nothing was enforced and nobody was notified.");
        writer.WriteLine();
    }

    private static void WriteLabels(TextWriter writer, LabelReport labels)
    {
        var caught = labels.CaughtBad + labels.CaughtGood;
        var table = new Columns(false, true, false, true, false);
        table.Add("  bad it would catch", $"{Words.Number(labels.CaughtBad)} of {Words.Number(labels.Bad)}", "", Share(labels.CaughtBad, labels.Bad), Bounds(labels.CaughtBad, labels.Bad));
        table.Add("  good it would hit", $"{Words.Number(labels.CaughtGood)} of {Words.Number(labels.Good)}", "", Share(labels.CaughtGood, labels.Good), Bounds(labels.CaughtGood, labels.Good));
        table.Add("  precision", "", "", Share(labels.CaughtBad, caught), Bounds(labels.CaughtBad, caught));
        table.Add("  acted upon without a person", $"{Words.Number(labels.EnforcedBad)} bad, {Words.Number(labels.EnforcedGood)} good");
        if (labels.UsedBefore is { } used) table.Add("  half of the bad before", $"{Words.Percent(used)} of what they send");
        table.Add("  not labelled", Words.Number(labels.CaughtUnlabelled));
        table.Write(writer);
        WriteCohorts(writer, "Who the good accounts are", labels.ByCohort.Where(c => c.Bad == 0 && c.Caught > 0));
        WriteCohorts(writer, "Which bad ones it finds", labels.ByCohort.Where(c => c.Bad > 0));
        writer.WriteLine();
    }

    private static void WriteCohorts(TextWriter writer, string title, IEnumerable<CohortReport> cohorts)
    {
        var shown = cohorts.OrderByDescending(c => c.Caught).ThenBy(c => c.Cohort, StringComparer.Ordinal).ToList();
        if (shown.Count == 0) return;
        writer.WriteLine();
        writer.WriteLine($"  {title}");
        var table = new Columns(false, true, true, false, true);
        foreach (var cohort in shown.Take(MaximumCohorts))
        {
            var share = (double)cohort.Caught / cohort.Accounts;
            table.Add($"    {cohort.Column} {cohort.Cohort}", $"{cohort.Caught}/{cohort.Accounts}", Words.Percent(share), new string('█', (int)Math.Round(share * BarWidth)), cohort.UsedBefore is { } used ? $"half before {Words.Percent(used)}" : "");
        }
        table.Write(writer);
        if (shown.Count > MaximumCohorts) writer.WriteLine($"    and {shown.Count - MaximumCohorts} more");
    }

    private void WriteRules(TextWriter writer)
    {
        var table = new Columns(false, false, true, true, true, true);
        table.Add("  rule", "stage", "fired", "keys", "suppressed", "pending");
        // Rules of others come by the thousands, and most of them see nothing.
        var silent = report.Rules.Count(IsSilent);
        foreach (var rule in report.Rules.Where(r => silent <= MaximumSilent || !IsSilent(r)).OrderByDescending(r => r.Fired).ThenBy(r => r.Rule, StringComparer.Ordinal))
            table.Add($"  {rule.Rule}", rule.Stage, Words.Number(rule.Fired), Words.Number(rule.Keys), Words.Number(rule.Suppressed), Words.Number(rule.PendingAtEnd));
        table.Write(writer);
        if (silent > MaximumSilent) writer.WriteLine($"  and {Words.Count(silent, "rule")} that did nothing");
        foreach (var rule in report.Rules.Where(r => r.Faults > 0).OrderBy(r => r.Rule, StringComparer.Ordinal))
            writer.WriteLine(palette.Red($"  {rule.Rule} met {Words.Count(rule.Faults, "fault")}: more members than can be looked at"));
        writer.WriteLine();
    }

    private static bool IsSilent(RuleReport rule) => rule is { Fired: 0, Suppressed: 0, PendingAtEnd: 0 };

    private void WriteFoot(TextWriter writer)
    {
        var rate = report.EventsPerSecond.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');
        writer.WriteLine($"Took     {report.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s, {rate} events/s, {Words.Bytes(report.PeakBytes)} at most");
        writer.WriteLine("Limits   sensitive values are fingerprinted with the fixed key of dry runs; lists are as they are now");
        writer.WriteLine(report.Labels is null
            ? "Next     label some of the accounts and run again with --labels TRUTH.csv"
            : "Next     run with --decisions OUT.ndjson, then policy decisions list OUT.ndjson --account ID");
    }

    private static string Share(long part, long all) => all == 0 ? "–" : Words.Percent((double)part / all);

    private static string Bounds(long part, long all) =>
        Interval.Of(part, all) is { } interval ? $"[{Words.Percent(interval.Low)} – {Words.Percent(interval.High)}]   n={Words.Number(all)}" : "";

    private static string Short(string hash) => hash.Length > 8 ? hash[..8] : hash;
}
