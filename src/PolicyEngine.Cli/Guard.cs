using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.DryRun;

namespace PolicyEngine.Cli;

/// <summary>Runs a command so that whatever goes wrong ends as a sentence and an exit code.</summary>
internal static class Guard
{
    public static async Task<int> Run(ParseResult arguments, Func<Invocation, Task<int>> work, CancellationToken stop)
    {
        var shell = CommonOptions.Shell(arguments);
        try
        {
            if (arguments.GetValue(CommonOptions.Directory) is { } folder) ChangeDirectory(folder);
            return await work(new Invocation(arguments, shell, stop)).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            return Explain(shell, error);
        }
        finally
        {
            Flush(shell);
        }
    }

    private static void ChangeDirectory(string folder)
    {
        if (!Directory.Exists(folder)) throw new CommandFailure(ExitCode.Usage, $"there is no folder {folder}");
        Directory.SetCurrentDirectory(folder);
    }

    private static int Explain(Shell shell, Exception error)
    {
        switch (error)
        {
            case CommandFailure failure:
                shell.Fail(failure.Message, failure.Help);
                return failure.Code;
            case OperationCanceledException:
                shell.Note("interrupted");
                return ExitCode.Interrupted;
            case OptionsValidationException settings:
                shell.Fail("the settings of the service are out of their bounds");
                foreach (var setting in settings.Failures) shell.Error.WriteLine($"  {setting}");
                return ExitCode.Usage;
            case InputException or InvalidDataException:
                shell.Fail(error.Message);
                return ExitCode.BadInput;
            case IOException or UnauthorizedAccessException:
                shell.Fail(error.Message);
                return ExitCode.InputOutput;
            default:
                ReportOurFault(shell, error);
                return ExitCode.OurFault;
        }
    }

    private static void ReportOurFault(Shell shell, Exception error)
    {
        shell.Fail("policy ran into a fault of its own");
        shell.Error.WriteLine("  Please report it with these lines and, if you can share them, the files it was working on:");
        shell.Error.WriteLine($"  version {ProgramVersion.Text}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        shell.Error.WriteLine($"  {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}");
        if (shell.Verbose) shell.Error.WriteLine(error.StackTrace);
    }

    private static void Flush(Shell shell)
    {
        try
        {
            shell.Flush();
        }
        catch (IOException)
        {
            // Whoever read our output has closed it, as `head` does; there is nobody left to tell.
        }
    }
}
