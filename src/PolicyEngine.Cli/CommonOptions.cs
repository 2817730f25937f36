using System.CommandLine;
using PolicyEngine.Cli.Terminal;

namespace PolicyEngine.Cli;

/// <summary>Options that every command takes.</summary>
internal static class CommonOptions
{
    public static readonly Option<string> Colour = Choice(
        new Option<string>("--color") { Description = "When to use colours: auto, always or never", DefaultValueFactory = _ => "auto", Recursive = true },
        "auto", "always", "never");

    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Print results only", Recursive = true };

    public static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Say more about what is going on", Recursive = true };

    public static readonly Option<string> Directory = new("--directory", "-C")
    {
        Description = "Work as if started in this folder", HelpName = "DIR", Recursive = true,
    };

    public static Shell Shell(ParseResult result) =>
        Terminal.Shell.Open(result.GetValue(Colour) ?? "auto", result.GetValue(Quiet), result.GetValue(Verbose));

    /// <summary>`--format` with the forms that a command knows, the first the default.</summary>
    public static Option<string> Format(params string[] forms) => Choice(
        new Option<string>("--format")
        {
            Description = "Form of the output: " + string.Join(", ", forms), HelpName = "FORM", DefaultValueFactory = _ => forms[0],
        },
        forms);

    public static Option<bool> Json() => new("--json") { Description = "Short for --format json" };

    public static Argument<string[]> Packs() => new("PACK")
    {
        Description = "Folders or files with policies", Arity = ArgumentArity.OneOrMore,
    };

    private static Option<string> Choice(Option<string> option, params string[] words)
    {
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
