using System.CommandLine;
using System.Text.RegularExpressions;
using PolicyEngine.Cli.Text;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Cli.Commands;

internal static partial class ExplainCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("CODE|RULE") { Description = "A diagnostic's code such as P1001, or a rule's name" };
        var packs = new Argument<string[]>("PACK")
        {
            Description = "Where to look for the rule", Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => ["."],
        };
        return new Command("explain", "Explain a diagnostic's code, or a rule in plain words") { what, packs }.Runs(call =>
        {
            var name = call.Required(what);
            if (Code().IsMatch(name)) ExplainCode(call, name.ToUpperInvariant());
            else ExplainRule(call, name, call.Required(packs));
            return ExitCode.Ok;
        });
    }

    private static void ExplainCode(Invocation call, string code)
    {
        if (DiagnosticCatalog.Find(code) is not { } entry)
        {
            var near = Suggestion.Nearest(code, DiagnosticCatalog.All.Select(e => e.Code));
            throw new CommandFailure(ExitCode.Usage, $"there is no diagnostic {code}") { Help = near is null ? null : $"did you mean {near}?" };
        }
        var palette = call.Shell.OutColours;
        call.Out.WriteLine(palette.Bold($"{entry.Code}: {entry.Title}") + $"   ({entry.Severity.ToString().ToLowerInvariant()})");
        call.Out.WriteLine();
        call.Out.WriteLine(entry.Explanation);
        WriteExample(call.Out, palette.Red("Wrong"), entry.Wrong);
        WriteExample(call.Out, palette.Green("Right"), entry.Right);
    }

    private static void WriteExample(TextWriter writer, string title, string text)
    {
        writer.WriteLine();
        writer.WriteLine(title);
        foreach (var line in text.TrimEnd('\n').Split('\n')) writer.WriteLine(line.Length == 0 ? "" : "  " + line);
    }

    private static void ExplainRule(Invocation call, string name, string[] packs)
    {
        var (model, plan) = PackSession.LoadPlan(call.Shell, packs);
        var found = model.Rules.Where(r => r.Name == name || r.QualifiedName == name).ToList();
        if (found.Count == 0)
        {
            var near = Suggestion.Nearest(name, model.Rules.Select(r => r.Name));
            throw new CommandFailure(ExitCode.No, $"there is no rule `{name}`") { Help = near is null ? null : $"did you mean `{near}`?" };
        }
        foreach (RuleSymbol rule in found)
            RuleInWords.Write(call.Out, rule, plan, plan.Rules.First(r => r.Pack == rule.Pack.Name && r.Name == rule.Name), call.Shell.OutColours);
    }

    [GeneratedRegex("^[Pp][0-9]{4}$")]
    private static partial Regex Code();
}
