using System.Globalization;
using System.Text;
using PolicyEngine.Compiler.Lowering;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Planning;

/// <summary>One hash over everything that can change a decision: definitions, limits, the order of responses, list entries (L1).</summary>
internal static class PlanHash
{
    public static string Of(Plan plan)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{plan.Limits}\n");
        foreach (var rule in plan.Rules) text.Append(CultureInfo.InvariantCulture, $"rule {rule.Id} {rule.Hash}\n");
        foreach (var measure in plan.Measures) text.Append(CultureInfo.InvariantCulture, $"measure {measure.Hash}\n");
        foreach (var link in plan.Links) text.Append(CultureInfo.InvariantCulture, $"link {link.Hash}\n");
        foreach (var around in plan.Arounds) text.Append(CultureInfo.InvariantCulture, $"around {around.EdgeHash}\n");
        foreach (var alignment in plan.Alignments) text.Append(CultureInfo.InvariantCulture, $"alignment {alignment.Hash}\n");
        foreach (var measure in plan.GroupMeasures) text.Append(CultureInfo.InvariantCulture, $"group measure {measure.Hash}\n");
        foreach (var label in plan.Labels) text.Append(CultureInfo.InvariantCulture, $"label {label.Name} {label.Entity}\n");
        foreach (var score in plan.Scores) text.Append(CultureInfo.InvariantCulture, $"score {score.Name} {score.Entity} {score.HalfLife}\n");
        foreach (var response in plan.Responses) text.Append(CultureInfo.InvariantCulture, $"response {response.Name} {response.Also} {response.Rank}\n");
        foreach (var type in plan.EventTypes) Describe(text, type);
        foreach (var list in plan.Lists)
        {
            text.Append(CultureInfo.InvariantCulture, $"list {list.Name} {list.Element} {list.IgnoringCase} ");
            foreach (var entry in list.Entries) ConstantText.Write(text, entry);
            // What else a file says changes no decision.
            foreach (var facts in list.Facts) text.Append(CultureInfo.InvariantCulture, $" {facts.EndsAt}");
            text.Append('\n');
        }
        return DefinitionText.Hash(text.ToString());
    }

    private static void Describe(StringBuilder text, EventTypePlan type)
    {
        text.Append(CultureInfo.InvariantCulture, $"event {type.OutsideName} {Join(type.TimePath)} {Join(type.IdPath)} {Join(type.SequencePath)}");
        foreach (var field in type.Fields) text.Append(CultureInfo.InvariantCulture, $" {Join(field.Path)}:{field.Kind}:{field.Optional}");
        text.Append('\n');
    }

    private static string Join(IReadOnlyList<string>? path) => path is null ? "" : string.Join('.', path);
}
