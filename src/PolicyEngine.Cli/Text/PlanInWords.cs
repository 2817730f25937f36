using PolicyEngine.Cli.Terminal;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Cli.Text;

/// <summary>How a plan will be run: strata, filter and condition of each rule, how each measure is kept and what it takes.</summary>
internal sealed class PlanInWords(PolicyModel model, Plan plan)
{
    /// <summary>Estimates suppose this traffic for each measure's events; sizes grow in proportion.</summary>
    private const double EventsPerDay = 1_000_000;
    private const double ExactCountBytes = 8;
    private const double ExactValueBytes = 16;
    private const double DistinctBytes = 40;
    private const double ProposeStepAbove = 1 << 30;
    private const double Day = 86_400_000;

    private readonly Dictionary<(string, string), RuleSymbol> _rules = model.Rules.ToDictionary(r => (r.Pack.Name, r.Name));

    public void Write(TextWriter writer, Palette palette)
    {
        for (var stratum = 0; stratum < plan.Strata; stratum++)
        {
            writer.WriteLine();
            writer.WriteLine(palette.Bold($"Stratum {stratum + 1}"));
            foreach (var rule in plan.Rules.Where(r => r.Stratum == stratum)) WriteRule(writer, rule);
        }
        if (plan.Measures.Count > 0) WriteMeasures(writer, palette);
        new LinksInWords(plan).Write(writer, palette);
    }

    private void WriteMeasures(TextWriter writer, Palette palette)
    {
        writer.WriteLine();
        writer.WriteLine(palette.Bold("Measures") + $"   (bytes at {Words.Number((long)EventsPerDay)} of their events a day)");
        foreach (var measure in plan.Measures) WriteMeasure(writer, measure);
    }

    private void WriteRule(TextWriter writer, RulePlan rule)
    {
        writer.WriteLine($"  {rule.Pack}.{rule.Name}   {(rule.IsExact ? "screened exactly" : "screened, then decided in order")}");
        if (!_rules.TryGetValue((rule.Pack, rule.Name), out var symbol)) return;
        if (rule.Sequence >= 0) WriteSteps(writer, plan.Sequences[rule.Sequence]);
        foreach (var part in symbol.When.Where(c => c.IsFilter)) writer.WriteLine($"    filter     {OneLine(part.Condition.Span.Text)}");
        foreach (var part in symbol.When.Where(c => !c.IsFilter)) writer.WriteLine($"    condition  {OneLine(part.Condition.Span.Text)}");
        var read = Read(rule).ToList();
        if (read.Count > 0) writer.WriteLine($"    reads      {string.Join(", ", read)}");
    }

    private IEnumerable<string> Read(RulePlan rule) =>
        rule.Measures.Select(m => plan.Measures[m].Name).Concat(rule.Arounds.Select(a => plan.Arounds[a].Name))
            .Concat(rule.GroupMeasures.Select(m => plan.GroupMeasures[m].Name)).Concat(rule.Alignments.Select(a => plan.Alignments[a].Name));

    /// <summary>Which events reach the steps: the first always does, the others only for keys with something open.</summary>
    private static void WriteSteps(TextWriter writer, SequencePlan sequence)
    {
        foreach (var step in sequence.Steps.Concat(sequence.Until is { } until ? [until] : []))
        {
            var word = ReferenceEquals(step, sequence.Until) ? "until" : step.IsAbsent ? "not" : "step";
            var times = step.Times > 1 ? $"{step.Times} times " : "";
            var screened = step.Screen == step.Feed ? "" : ", looked at in order";
            writer.WriteLine($"    {word,-10} {times}{step.Name}{(ReferenceEquals(step, sequence.Steps[0]) ? "" : ", where the key has something open")}{screened}");
        }
    }

    private void WriteMeasure(TextWriter writer, MeasurePlan measure)
    {
        var bytes = Estimate(measure);
        writer.WriteLine($"  {measure.Name} = {measure.Declaration}");
        writer.WriteLine($"    {(measure.IsSequential ? $"kept row by row: {WhySequential(measure)}" : "plain: kept in columns")}");
        writer.WriteLine($"    {Size(measure, bytes)}");
        if (measure.Window is { Kind: PlanWindowKind.Sliding, Step: 0 } && bytes > ProposeStepAbove)
            writer.WriteLine($"    more than 1 GiB: `step {Words.Duration(Math.Max(1000, measure.Window.Length / 288))}` would bound it");
    }

    private string WhySequential(MeasurePlan measure)
    {
        int[] own = [measure.Feed, measure.Numerator, measure.Amount, measure.Key];
        if (own.Any(node => node >= 0 && !plan.Nodes[node].IsPlain)) return $"what it counts depends on {string.Join(", ", Causes(own))}";
        return "something reads it where no event carries its key";
    }

    private SortedSet<string> Causes(IEnumerable<int> nodes)
    {
        var causes = new SortedSet<string>(StringComparer.Ordinal);
        void Visit(int id)
        {
            if (id < 0 || plan.Nodes[id].IsPlain) return;
            var node = plan.Nodes[id];
            if (node.Op == Op.HasLabel) causes.Add("labels");
            else if (node.Op == Op.Score) causes.Add("scores");
            else if (node.Op == Op.Fired) causes.Add("firings of rules");
            else if (node.Op == Op.InList) causes.Add("a list that rules write");
            else if (node.Op == Op.Measure) causes.Add($"the measure {plan.Measures[node.Target].Name}");
            foreach (var input in node.Inputs) Visit(input);
        }
        foreach (var node in nodes) Visit(node);
        return causes;
    }

    private static double? Estimate(MeasurePlan measure)
    {
        if (measure.Window is not { Kind: PlanWindowKind.Sliding, Step: 0 } window) return null;
        var events = EventsPerDay * (window.Length + window.Ending) / Day;
        var each = measure.Aggregate switch
        {
            PlanAggregate.Count or PlanAggregate.Rate => ExactCountBytes,
            PlanAggregate.Distinct or PlanAggregate.Entropy or PlanAggregate.TopShare => ExactValueBytes + DistinctBytes,
            _ => ExactValueBytes,
        };
        return events * each;
    }

    private static string Size(MeasurePlan measure, double? bytes) => (measure.Window.Kind, measure.Window.Step) switch
    {
        (PlanWindowKind.Sliding, 0) => $"about {Words.Bytes(bytes ?? 0)}: every event of the last {Words.Duration(measure.Window.Length + measure.Window.Ending)}",
        (PlanWindowKind.Sliding, var step) =>
            $"at most {Words.Number((measure.Window.Length + measure.Window.Ending) / step + 1)} cells a key: steps of {Words.Duration(step)}",
        (PlanWindowKind.Tumbling, _) => $"one value a key: stretches of {Words.Duration(measure.Window.Length)}",
        (PlanWindowKind.Session, _) => $"one session a key: ends after {Words.Duration(measure.Window.Length)} of quiet",
        _ => "one value a key, since the log began",
    };

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
