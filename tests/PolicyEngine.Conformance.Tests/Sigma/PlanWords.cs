using System.Globalization;
using System.Text;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Conformance.Tests.Sigma;

/// <summary>
/// What a rule of a plan decides, in words that are the same for plans with other numbers and other names of events. Parts joined alike are
/// joined once: parentheses between them decide nothing.
/// </summary>
internal sealed class PlanWords(Plan plan)
{
    private readonly Dictionary<int, string> _known = [];

    public string Of(RulePlan rule) =>
        $"{rule.Id} {rule.Title} {rule.Severity} {rule.Trigger} on {Of(rule.Sample)} when {Of(rule.Condition)} except {string.Join(", ", rule.Exceptions.Select(e => Of(e.When)))}";

    private string Of(int node)
    {
        if (node < 0) return "always";
        if (!_known.TryGetValue(node, out var words)) _known[node] = words = Words(plan.Nodes[node]);
        return words;
    }

    private string Words(Node node) => node.Op switch
    {
        Op.And or Op.Or => $"{node.Op}({string.Join(", ", Parts(node, node.Op).Distinct().Order(StringComparer.Ordinal))})",
        Op.IsType => $"type({string.Join(", ", node.Types.Select(t => plan.EventTypes[t].OutsideName).Order(StringComparer.Ordinal))})",
        Op.Field => $"field({Field(node.Target)})",
        Op.FieldByType => $"fields({string.Join(", ", node.Types.Where(c => c >= 0).Select(Field).Order(StringComparer.Ordinal))})",
        _ => $"{node.Op} {node.Kind} {node.TextOp} {node.Quantifier} {node.IgnoringCase && HasCase(ConstantOf(node))} {(node.Op == Op.Call ? node.Target : 0)} {Of(node.Constant)}({string.Join(", ", node.Inputs.Select(Of))})",
    };

    private IEnumerable<string> Parts(Node node, Op op) => node.Inputs.SelectMany(i => plan.Nodes[i].Op == op ? Parts(plan.Nodes[i], op) : [Of(i)]);

    private string Field(int column) => $"{string.Join('.', plan.Columns[column].Path)} {plan.Columns[column].Kind} {plan.Columns[column].TakesAnything} {plan.Columns[column].NeedsNull}";

    private Constant? ConstantOf(Node node) => node.Constant ?? node.Inputs.Select(i => plan.Nodes[i].Constant).FirstOrDefault(c => c is not null);

    /// <summary>Digits and signs of ASCII are the same in every case.</summary>
    private static bool HasCase(Constant? constant) => constant is null
        || constant.Items.Any(HasCase) || constant.Text.Any(b => b > 127 || char.IsAsciiLetter((char)b)) || constant is { Kind: not (ValueKind.Text or ValueKind.List) };

    private static string Of(Constant? constant) => constant is null ? "" : string.Create(CultureInfo.InvariantCulture,
        $"{constant.Kind} {constant.Long} {constant.Double:R} {Encoding.UTF8.GetString(constant.Text)} {constant.Ip} {constant.PrefixLength} [{string.Join(", ", constant.Items.Select(Of))}]");
}
