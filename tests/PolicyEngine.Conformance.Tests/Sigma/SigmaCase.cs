using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PolicyEngine.Oracle.Differential;
using PolicyEngine.Oracle.Log;

namespace PolicyEngine.Conformance.Tests.Sigma;

/// <summary>
/// One sentence about Sigma with documents that use it and events. In a case file `### ` begins a case and says the sentence; then come the
/// documents, which may leave out title and log source; then events, one a line: `+` and the rules that decide upon it, or `-` for none,
/// then its fields as JSON, without id, with `at` for seconds since the begin, and of type `test` unless it says another. Instead of events
/// `!` and the codes of what is wrong.
/// </summary>
internal sealed record SigmaCase(string Sentence, string Documents, IReadOnlyList<(IReadOnlyList<string> Rules, string Json)> Events)
{
    public IReadOnlyList<string> Codes { get; init; } = [];

    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public EngineInput Input => new(new Dictionary<string, string> { ["cases/rule.yml"] = Documents }, EventLog.Of(Events.Select(e => e.Json)));

    public static IEnumerable<SigmaCase> ReadAll(string path)
    {
        var blocks = File.ReadAllText(path).Split("### ", StringSplitOptions.RemoveEmptyEntries);
        return blocks.Select(Read);
    }

    private static SigmaCase Read(string block)
    {
        var lines = block.Split('\n');
        var documents = new StringBuilder();
        var events = new List<(IReadOnlyList<string>, string)>();
        var codes = new List<string>();
        foreach (var line in lines.Skip(1))
        {
            if (line.StartsWith("! ", StringComparison.Ordinal))
            {
                codes.AddRange(line[2..].Split(' '));
                continue;
            }
            var json = line.IndexOf('{', StringComparison.Ordinal);
            var isEvent = json >= 0 && (line.StartsWith("+ ", StringComparison.Ordinal) || line.StartsWith("- {", StringComparison.Ordinal));
            if (!isEvent)
            {
                documents.Append(line).Append('\n');
                continue;
            }
            var rules = line[1..json].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // A plus without names means the only rule there is.
            events.Add((line[0] == '+' && rules.Length == 0 ? ["rule"] : rules, Event(events.Count, line[json..])));
        }
        return new SigmaCase(lines[0].Trim(), Completed(documents.ToString()), events) { Codes = codes };
    }

    private static string Completed(string documents) => string.Join("\n---\n", documents.Split("\n---\n").Select(WithHead));

    private static string WithHead(string document)
    {
        if (!document.Contains("detection:", StringComparison.Ordinal)) return document;
        var head = document.Contains("logsource:", StringComparison.Ordinal) ? "" : "logsource: {product: test}\n";
        return (document.Contains("title:", StringComparison.Ordinal) ? "" : "title: a case\n") + head + document;
    }

    private static string Event(int index, string json)
    {
        var fields = JsonNode.Parse(json)!.AsObject();
        var seconds = fields["at"]?.GetValue<double>() ?? index;
        fields.Remove("at");
        fields["id"] = $"e{index}";
        fields["type"] ??= "test";
        fields["time"] = Begin.AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return fields.ToJsonString();
    }
}
