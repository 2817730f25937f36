using System.Text;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Syntax.Formatting;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml.Spelling;

namespace PolicyEngine.Language.Import;

/// <summary>One file of an import: statements that were made, with comments above them.</summary>
internal sealed class PolicyWriter(string pack)
{
    private static readonly PolicyFile Unread = new(new SourceText("", ""), [], []);

    private readonly StringBuilder _text = new($"pack {NameText.Smooth(pack)}\n");

    /// <summary>Statements that belong together; null, else the reason why they cannot be written.</summary>
    public string? Add(IEnumerable<string> comments, IEnumerable<Statement> statements)
    {
        var text = new StringBuilder("\n");
        foreach (var comment in comments) text.Append("-- ").Append(OneLine(comment)).Append('\n');
        var layout = new Layout(Unread);
        foreach (var statement in statements) layout.Statement(statement);
        foreach (var line in layout.Lines) text.Append(' ', line.Indent).Append(line.Text).Append('\n');
        var length = _text.Length;
        _text.Append(text);
        if (Parsed().Diagnostics is not [var problem, ..]) return null;
        _text.Length = length;
        return $"policy text cannot say this: {problem.Message}";
    }

    /// <summary>The file in its layout.</summary>
    public string Finish(bool yaml)
    {
        var file = Parsed().File;
        return yaml ? PolicyYaml.Format(file) : PolicyFormatter.Format(file);
    }

    public static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A text as a template that has no holes.</summary>
    public static string Template(string text) =>
        OneLine(text).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    private ParseResult Parsed() => PolicyParser.Parse(new SourceText("", _text.ToString()));
}
