using System.Text.RegularExpressions;
using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Sigma;

/// <summary>Counting behind `|` in a condition, which Sigma has given up: a message that says it as a correlation.</summary>
internal static partial class SigmaAggregations
{
    public static bool Refuse(YamlNode condition, YamlNode? timeframe, SigmaReport report)
    {
        IEnumerable<YamlScalar> scalars = condition is YamlSequence sequence ? sequence.Items.OfType<YamlScalar>() : condition is YamlScalar single ? [single] : [];
        foreach (var scalar in scalars)
        {
            var bar = scalar.Value.IndexOf('|', StringComparison.Ordinal);
            if (bar < 0) continue;
            var counted = scalar.Value[(bar + 1)..].Trim();
            report.Aggregation(scalar.SpanOf(bar, scalar.Value.Length - bar), Rewrite(counted, (timeframe as YamlScalar)?.Value ?? "5m"));
            return true;
        }
        return false;
    }

    private static string Rewrite(string counted, string timeframe)
    {
        var match = Shape().Match(counted);
        var field = match.Groups["field"].Value;
        var sort = (match.Groups["function"].Value.ToLowerInvariant(), field.Length > 0) switch
        {
            ("sum", _) => "value_sum",
            ("avg", _) => "value_avg",
            (_, true) => "value_count",
            _ => "event_count",
        };
        var comparison = match.Groups["operator"].Value switch { ">=" => "gte", "<" => "lt", "<=" => "lte", "=" or "==" => "eq", _ => "gt" };
        var by = match.Groups["by"].Success ? $"group-by: [{match.Groups["by"].Value}], " : "";
        var over = field.Length > 0 ? $"field: {field}, " : "";
        var limit = match.Groups["limit"].Success ? match.Groups["limit"].Value : "NUMBER";
        return $"`correlation: {{type: {sort}, rules: [NAME], {by}timespan: {timeframe}, condition: {{{over}{comparison}: {limit}}}}}`";
    }

    [GeneratedRegex(@"^(?<function>\w+)\s*\(\s*(?<field>[^)\s]*)\s*\)\s*(?:by\s+(?<by>\S+)\s*)?(?<operator>[<>=]+)\s*(?<limit>\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
