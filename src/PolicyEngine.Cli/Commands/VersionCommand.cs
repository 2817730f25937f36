using System.CommandLine;
using System.Runtime.InteropServices;

namespace PolicyEngine.Cli.Commands;

internal static class VersionCommand
{
    public static Command Create()
    {
        var format = CommonOptions.Format("human", "json");
        var json = CommonOptions.Json();
        return new Command("version", "Print the version") { format, json }.Runs(call =>
        {
            if (call.Form(format, json) == "json")
                call.Out.WriteLine($$"""{"version":"{{ProgramVersion.Text}}","runtime":"{{RuntimeInformation.FrameworkDescription}}"}""");
            else
                call.Out.WriteLine($"policy {ProgramVersion.Text}");
            return ExitCode.Ok;
        });
    }
}
