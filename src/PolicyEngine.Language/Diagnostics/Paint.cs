namespace PolicyEngine.Language.Diagnostics;

/// <summary>Terminal colours, or nothing.</summary>
internal sealed class Paint(bool colour)
{
    public string Severity(Severity severity, string text) => Wrap(text, SeverityCode(severity));

    public string Bold(string text) => Wrap(text, "1");

    public string Frame(string text) => Wrap(text, "34");

    private static string SeverityCode(Severity severity) => severity switch
    {
        Diagnostics.Severity.Error => "1;31",
        Diagnostics.Severity.Warning => "1;33",
        _ => "1;36",
    };

    private string Wrap(string text, string code) => colour && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
