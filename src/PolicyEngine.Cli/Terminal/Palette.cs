namespace PolicyEngine.Cli.Terminal;

/// <summary>The few colours in use, from the 16 that every terminal has; plain text where colours are off.</summary>
internal sealed class Palette(bool on)
{
    public bool On { get; } = on;

    public string Red(string text) => Paint("31", text);

    public string Yellow(string text) => Paint("33", text);

    public string Green(string text) => Paint("32", text);

    public string Dim(string text) => Paint("2", text);

    public string Bold(string text) => Paint("1", text);

    private string Paint(string code, string text) => On && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
