using System.Diagnostics;
using Spectre.Console;

namespace PolicyEngine.Cli.Terminal;

/// <summary>
/// Tells on standard error how far something has come: a moving bar on a terminal, with --verbose a line now and then elsewhere, else
/// nothing.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private readonly Shell _shell;
    private readonly string _title;
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private readonly IAnsiConsole? _console;
    private bool _drawn;

    private ProgressLine(Shell shell, string title)
    {
        _shell = shell;
        _title = title;
        if (!shell.CanRedraw) return;
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(shell.Error) });
        _console.Cursor.Hide();
    }

    public static ProgressLine Open(Shell shell, string title) => new(shell, title);

    /// <param name="share">0..1, null when the end is not in sight.</param>
    public void Report(double? share, string text)
    {
        if (_console is { } console) Draw(console, share, text);
        else if (_shell is { Verbose: true, Quiet: false } && _sinceLast.Elapsed >= Between)
        {
            _sinceLast.Restart();
            _shell.Error.WriteLine($"{_title} {(share is { } known ? Text.Words.Percent(known) + "  " : "")}{text}");
            _shell.Error.Flush();
        }
    }

    private void Draw(IAnsiConsole console, double? share, string text)
    {
        const int Width = 32;
        if (_drawn && _sinceLast.Elapsed < Redraw) return;
        _sinceLast.Restart();
        _drawn = true;
        var full = (int)Math.Round((share ?? 0) * Width);
        var bar = share is null ? "" : $"[green]{new string('█', full)}[/][grey]{new string('░', Width - full)}[/] ";
        console.Write("\r\e[K");
        console.Markup($"{Markup.Escape(_title)}  {bar}{Markup.Escape(text)}   [grey](Ctrl-C keeps what is done)[/]");
        _shell.Error.Flush();
    }

    public void Dispose()
    {
        if (_console is null) return;
        if (_drawn) _console.Write("\r\e[K");
        _console.Cursor.Show();
        _shell.Error.Flush();
    }
}
