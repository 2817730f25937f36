using System.CommandLine;
using PolicyEngine.Cli.Text;
using PolicyEngine.DryRun.Packs;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Import;
using PolicyEngine.Language.Sigma;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Cli.Commands;

/// <summary>Rules of other formats to policy text that people read and edit.</summary>
internal static class ImportCommand
{
    public static Command Create() => new("import", "Turn rules and tests of other formats into policy text") { Sigma(), Panther() };

    private static Command Sigma()
    {
        var from = Sources("Sigma files, or folders of them");
        var (to, yaml) = (To(), Yaml());
        var mapping = new Option<string>("--mapping") { Description = "Mapping file: events, names of fields and placeholders", HelpName = "FILE" };
        return new Command("sigma", "Turn Sigma rules into policy text that decides the same") { from, to, yaml, mapping }.Runs(call =>
        {
            var paths = call.Required(from);
            string[] read = call.Value(mapping) is { } file ? [.. paths, file] : paths;
            var sources = PackLoader.Read(read).Where(s => SigmaFiles.IsSigma(s.Path, s.Text)).ToList();
            if (sources.Count == 0) throw new CommandFailure(ExitCode.BadInput, $"there is no Sigma file in {string.Join(", ", paths)}");
            var target = ImportTarget.Of(call.Value(to)!, paths, call.Value(yaml));
            return Write(call, SigmaImport.Read(sources, target.Pack, target.Yaml), target, "rule");
        });
    }

    private static Command Panther()
    {
        var from = Sources("Rule files of Panther, or folders of them");
        var (to, yaml) = (To(), Yaml());
        var rule = new Option<string>("--rule") { Description = "Name of the rule; without it one is made of the RuleID", HelpName = "NAME" };
        return new Command("panther-tests", "Turn the tests of Panther rules into tests for rules to be written") { from, to, yaml, rule }.Runs(call =>
        {
            var paths = call.Required(from);
            var sources = PackLoader.ReadYaml(paths);
            if (call.Value(rule) is { } && sources.Count > 1) throw new CommandFailure(ExitCode.Usage, "--rule names the rule of one file");
            var target = ImportTarget.Of(call.Value(to)!, paths, call.Value(yaml));
            return Write(call, PantherTests.Read(sources, target.Pack, target.Yaml, call.Value(rule)), target, "test");
        });
    }

    private static int Write(Invocation call, ImportedPack made, ImportTarget target, string noun)
    {
        foreach (var diagnostic in made.Diagnostics.OrderBy(d => d.Span.Source?.Path, StringComparer.Ordinal).ThenBy(d => d.Span.Start))
            call.Shell.Error.WriteLine(DiagnosticRenderer.Concise(diagnostic));
        foreach (var (place, why) in made.LeftOut) call.Shell.Error.WriteLine($"{At(place)}: {why}");
        var texts = target.Place(made.Files);
        ImportTarget.Write(texts);
        foreach (var text in texts) call.Out.WriteLine(text.Path);
        // What was made is looked at as what it is from now on, with the packs beside it that it uses.
        var errors = texts.Count == 0 ? [] : PackLoader.Load([target.Folder]).Result.Diagnostics.Where(d => d.Severity == Severity.Error).ToList();
        foreach (var error in errors) call.Shell.Error.WriteLine(DiagnosticRenderer.Concise(error));
        var missing = made.Found - made.Imported;
        call.Shell.Note($"{Words.Count(made.Imported, noun)} imported{(missing > 0 ? $", {Words.Number(missing)} not" : "")}");
        if (made.Imported > 0) call.Shell.Note($"Next: policy check {target.Folder}");
        var failed = errors.Count > 0 || made.LeftOut.Count > 0 || made.Diagnostics.Any(d => d.Severity == Severity.Error);
        return failed ? ExitCode.No : ExitCode.Ok;
    }

    private static string At(TextSpan place)
    {
        var (line, column) = place.Source!.Position(place.Start);
        return $"{place.Source.Path}:{Words.Number(line)}:{Words.Number(column)}";
    }

    private static Argument<string[]> Sources(string description) => new("FILE") { Description = description, Arity = ArgumentArity.OneOrMore };

    private static Option<string> To() => new("--to") { Description = "Folder to write to; the pack is called as it is", HelpName = "FOLDER", Required = true };

    private static Option<bool> Yaml() => new("--yaml") { Description = "Write the YAML spelling" };
}
