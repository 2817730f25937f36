using System.CommandLine;
using System.CommandLine.Parsing;
using PolicyEngine.Cli.Terminal;

namespace PolicyEngine.Cli;

/// <summary>One call of a command: what was asked, where to write, and when to stop.</summary>
internal sealed record Invocation(ParseResult Arguments, Shell Shell, CancellationToken Stop)
{
    public TextWriter Out => Shell.Out;

    public T? Value<T>(Option<T> option) => Arguments.GetValue(option);

    public T Required<T>(Argument<T> argument) => Arguments.GetRequiredValue(argument);

    public bool Has(Option option) => Arguments.GetResult(option) is OptionResult { Implicit: false };

    /// <summary>The form to write: that of `--format`, or json when `--json` is there.</summary>
    public string Form(Option<string> format, Option<bool> json) => Value(json) ? "json" : Value(format)!;
}

internal static class CommandActions
{
    /// <summary>Gives the command its work; the result is the exit code.</summary>
    public static Command Runs(this Command command, Func<Invocation, int> work) => command.Runs(call => Task.FromResult(work(call)));

    public static Command Runs(this Command command, Func<Invocation, Task<int>> work)
    {
        command.SetAction((arguments, stop) => Guard.Run(arguments, work, stop));
        return command;
    }
}
