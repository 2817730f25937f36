using System.CommandLine;
using PolicyEngine.Cli.Text;
using PolicyEngine.DryRun.Packs;
using PolicyEngine.Language.Diagnostics;

namespace PolicyEngine.Cli.Commands;

internal static class CheckCommand
{
    public static Command Create()
    {
        var packs = CommonOptions.Packs();
        var format = CommonOptions.Format("human", "concise", "json", "sarif");
        var json = CommonOptions.Json();
        var deny = new Option<string>("--deny") { Description = "Fail on warnings too", HelpName = "warnings" };
        deny.AcceptOnlyFromAmong("warnings");
        return new Command("check", "Check packs: syntax, names, types, warnings") { packs, format, json, deny }.Runs(call =>
        {
            var today = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            var loaded = PackLoader.Load(call.Required(packs), today);
            var diagnostics = loaded.Result.Diagnostics;
            Write(call, loaded, call.Form(format, json));
            var errors = diagnostics.Count(d => d.Severity == Severity.Error);
            var warnings = diagnostics.Count(d => d.Severity == Severity.Warning);
            call.Shell.Note($"{Words.Count(loaded.Files.Count, "file")} checked: {Words.Count(errors, "error")}, {Words.Count(warnings, "warning")}");
            if (diagnostics.Count > 0) call.Shell.Note($"Next: policy explain {diagnostics[0].Code}");
            return errors > 0 || (warnings > 0 && call.Value(deny) is not null) ? ExitCode.No : ExitCode.Ok;
        });
    }

    private static void Write(Invocation call, LoadedPacks loaded, string form)
    {
        var diagnostics = loaded.Result.Diagnostics;
        switch (form)
        {
            case "json":
                call.Out.Write(DiagnosticRenderer.Json(diagnostics));
                break;
            case "sarif":
                call.Out.Write(SarifLog.Write(diagnostics, loaded.Files.Count > 0 ? loaded.Files[0] : null));
                break;
            case "concise":
                foreach (var diagnostic in diagnostics) call.Out.WriteLine(DiagnosticRenderer.Concise(diagnostic));
                break;
            default:
                var options = RenderOptions.Plain with { Colour = call.Shell.OutColours.On };
                foreach (var diagnostic in diagnostics) call.Out.WriteLine(DiagnosticRenderer.Human(diagnostic, options));
                break;
        }
    }
}
