using System.CommandLine;
using PolicyEngine.Cli.Text;

namespace PolicyEngine.Cli.Commands;

internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        return new Command("completion", "Print a completion script for your shell") { shell }.Runs(call =>
        {
            var tree = CompletionTree.Of(PolicyCommandLine.Tree());
            call.Out.Write(call.Required(shell) switch
            {
                "bash" => CompletionScript.Bash(tree),
                "zsh" => CompletionScript.Zsh(tree),
                "fish" => CompletionScript.Fish(tree),
                _ => CompletionScript.PowerShell(tree),
            });
            return ExitCode.Ok;
        });
    }
}
