using System.Text;

namespace PolicyEngine.Cli.Terminal;

/// <summary>
/// Where a command writes: data to <see cref="Out"/>, everything else to <see cref="Error"/>. Knows whether colours and moving bars are
/// welcome on each.
/// </summary>
internal sealed class Shell
{
    public required TextWriter Out { get; init; }
    public required TextWriter Error { get; init; }
    public required Palette OutColours { get; init; }
    public required Palette ErrorColours { get; init; }
    /// <summary>Standard error is a terminal that can redraw a line.</summary>
    public required bool CanRedraw { get; init; }
    public bool Quiet { get; init; }
    public bool Verbose { get; init; }

    /// <param name="colour">auto, always or never.</param>
    public static Shell Open(string colour, bool quiet, bool verbose)
    {
        var capable = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
        bool Coloured(bool redirected) => colour == "always" || (colour == "auto" && capable && !redirected);
        return new Shell
        {
            Out = Writer(Console.OpenStandardOutput()),
            Error = Writer(Console.OpenStandardError(), flushed: true),
            OutColours = new Palette(Coloured(Console.IsOutputRedirected)),
            ErrorColours = new Palette(Coloured(Console.IsErrorRedirected)),
            CanRedraw = colour != "never" && capable && !Console.IsErrorRedirected && !quiet,
            Quiet = quiet,
            Verbose = verbose,
        };
    }

    /// <summary>Says something to the person at the terminal; silent with --quiet.</summary>
    public void Note(string text)
    {
        if (!Quiet) Error.WriteLine(text);
    }

    public void Fail(string message, string? help = null)
    {
        Out.Flush();
        Error.WriteLine($"{ErrorColours.Red("error:")} {message}");
        if (help is not null) Error.WriteLine($"  {help}");
    }

    public void Flush()
    {
        Out.Flush();
        Error.Flush();
    }

    private static StreamWriter Writer(Stream stream, bool flushed = false) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024) { AutoFlush = flushed, NewLine = "\n" };
}
