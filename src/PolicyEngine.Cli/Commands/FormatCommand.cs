using System.CommandLine;
using PolicyEngine.Cli.Text;
using PolicyEngine.DryRun.Packs;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Sigma;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Cli.Commands;

internal static class FormatCommand
{
    public static Command Create()
    {
        var packs = CommonOptions.Packs();
        var check = new Option<bool>("--check") { Description = "Change nothing; fail when a file is not in the one layout" };
        var diff = new Option<bool>("--diff") { Description = "Change nothing; show what would change" };
        return new Command("fmt", "Bring policy files into the one layout") { packs, check, diff }.Runs(call =>
        {
            var keeps = call.Value(check) || call.Value(diff);
            var (changed, broken, all) = (0, 0, 0);
            // Sigma files have a layout of their authors.
            foreach (var source in PackLoader.Read(call.Required(packs)).Where(s => !SigmaFiles.IsSigma(s.Path, s.Text)))
            {
                all++;
                var errors = PolicyParser.Parse(source).Diagnostics.Where(d => d.Severity == Severity.Error).ToList();
                foreach (var error in errors) call.Shell.Error.WriteLine(DiagnosticRenderer.Concise(error));
                if (errors.Count > 0) broken++;
                else if (Format(call, source, keeps, call.Value(diff))) changed++;
            }
            var verb = keeps ? "would change" : "changed";
            call.Shell.Note($"{Words.Count(all, "file")}: {changed} {verb}{(broken > 0 ? $", {broken} left alone because of errors" : "")}");
            return broken > 0 || (changed > 0 && call.Value(check)) ? ExitCode.No : ExitCode.Ok;
        });
    }

    /// <summary>Whether the file is, or would be, changed.</summary>
    private static bool Format(Invocation call, SourceText source, bool keeps, bool showDifference)
    {
        if (PolicyFormatter.Format(source) is not { } formatted || formatted == source.Text) return false;
        if (showDifference) LineDifference.Write(call.Out, source.Path, source.Text, formatted, call.Shell.OutColours);
        else call.Out.WriteLine(source.Path);
        if (!keeps) File.WriteAllText(source.Path, formatted);
        return true;
    }
}
