using System.CommandLine;
using System.CommandLine.Parsing;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.Language.Diagnostics;

namespace PolicyEngine.Cli;

/// <summary>Says what is wrong with the arguments, and what was probably meant.</summary>
internal static class UsageErrors
{
    public static int Report(ParseResult parsed)
    {
        var shell = Shell.Open("auto", quiet: false, verbose: false);
        var command = parsed.CommandResult.Command;
        // Behind a command that does not exist, its options are unknown too.
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [[not '-', ..] word, ..]) ReportUnknown(shell, command, word);
        else if (MistypedOption(parsed) is { } option) ReportUnknown(shell, command, option);
        else if (parsed.UnmatchedTokens is [var token, ..]) ReportUnknown(shell, command, token);
        else shell.Fail(Sentence(parsed.Errors[0].Message));
        shell.Error.WriteLine($"  more: {PathOf(parsed)} --help");
        shell.Flush();
        return ExitCode.Usage;
    }

    /// <summary>
    /// A word that looks like an option but stands among the arguments: a command that takes any number of files would look for a file
    /// of that name.
    /// </summary>
    public static string? MistypedOption(ParseResult parsed) =>
        parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash).FirstOrDefault(t => t.Type == TokenType.Argument && t.Value is ['-', _, ..])?.Value;

    private static void ReportUnknown(Shell shell, Command command, string token)
    {
        var isOption = token.StartsWith('-');
        var known = isOption
            ? command.Options.Concat(command.Parents.OfType<Command>().SelectMany(p => p.Options)).SelectMany(o => o.Aliases.Prepend(o.Name))
            : command.Subcommands.Select(c => c.Name);
        var kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "further argument";
        var near = Suggestion.Nearest(token, known);
        shell.Fail($"there is no {kind} `{token}`", near is null ? null : $"did you mean `{near}`?");
    }

    private static string PathOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
            names.Insert(0, result.Command is RootCommand ? "policy" : result.Command.Name);
        return string.Join(' ', names);
    }

    /// <summary>The parser's message in our manner: one line, lower case, words of the user in backticks.</summary>
    private static string Sentence(string message)
    {
        var words = message.Replace('\'', '`').Replace(". Must be one of:", "; it is one of", StringComparison.Ordinal).TrimEnd('.', ' ');
        var line = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("` `", "`, `", StringComparison.Ordinal);
        return line.Length == 0 ? line : char.ToLowerInvariant(line[0]) + line[1..];
    }
}
