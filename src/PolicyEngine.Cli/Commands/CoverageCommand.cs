using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using PolicyEngine.Cli.Coverage;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.Cli.Text;

namespace PolicyEngine.Cli.Commands;

internal static class CoverageCommand
{
    private const int MostNames = 3;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create() =>
        new("coverage", "Show what rules look for, by a common catalogue") { Attack() };

    private static Command Attack()
    {
        var packs = CommonOptions.Packs();
        var format = CommonOptions.Format("table", "json", "navigator");
        var json = CommonOptions.Json();
        var output = new Option<string>("--output", "-o") { Description = "Write there instead", HelpName = "FILE" };
        return new Command("attack", "Techniques of MITRE ATT&CK by the tags of rules, such as attack.t1059.001") { packs, format, json, output }.Runs(call =>
        {
            var coverage = AttackCoverage.Of(PackSession.LoadModel(call.Shell, call.Required(packs)));
            foreach (var tag in coverage.Doubtful)
                call.Shell.Note($"`{tag.Tag}` is no technique or tactic{(tag.Nearest is { } near ? $", did you mean `{near}`?" : "")} ({Among(tag.Rules)})");
            if (call.Value(output) is { } path)
            {
                using var file = new StreamWriter(path);
                Write(file, coverage, call.Form(format, json), call.Required(packs));
            }
            else Write(call.Out, coverage, call.Form(format, json), call.Required(packs));
            return ExitCode.Ok;
        });
    }

    private static void Write(TextWriter to, AttackCoverage coverage, string form, IReadOnlyList<string> packs)
    {
        if (form == "json") to.WriteLine(JsonSerializer.Serialize(coverage, Json));
        else if (form == "navigator") to.Write(NavigatorLayer.Write(coverage, string.Join(", ", packs.Select(p => Path.GetFileName(Path.TrimEndingDirectorySeparator(p))))));
        else Table(to, coverage);
    }

    private static void Table(TextWriter to, AttackCoverage coverage)
    {
        to.WriteLine($"{Words.Count(coverage.Techniques.Count, "technique")} by {Words.Count(coverage.Rules - coverage.RulesWithoutTag, "rule")}"
            + (coverage.RulesWithoutTag > 0 ? $"; {Words.Count(coverage.RulesWithoutTag, "rule")} without a tag" : ""));
        to.WriteLine();
        var tactics = new Columns();
        tactics.Add("tactic", "techniques", "rules");
        foreach (var tactic in coverage.Tactics) tactics.Add(tactic.Tactic, Words.Number(tactic.Techniques), Words.Number(tactic.Rules));
        tactics.Write(to);
        to.WriteLine();
        var techniques = new Columns();
        techniques.Add("technique", "rules", "stages", "names");
        foreach (var technique in coverage.Techniques.OrderByDescending(t => t.Rules.Count).ThenBy(t => t.Technique, StringComparer.Ordinal))
            techniques.Add(technique.Technique, Words.Number(technique.Rules.Count), Stages(technique), Names(technique));
        techniques.Write(to);
    }

    private static string Among(IReadOnlyList<string> rules) =>
        rules.Count == 1 ? rules[0] : $"{rules[0]} and {Words.Count(rules.Count - 1, "more rule")}";

    private static string Stages(CoveredTechnique technique) => string.Join(", ", technique.Rules.GroupBy(r => r.Stage).Select(g => $"{g.Key} {g.Count()}"));

    private static string Names(CoveredTechnique technique)
    {
        var names = string.Join(", ", technique.Rules.Take(MostNames).Select(r => r.Rule));
        return technique.Rules.Count > MostNames ? names + ", …" : names;
    }
}
