using PolicyEngine.Language.Syntax.Formatting;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml.Spelling;

namespace PolicyEngine.Language.Syntax;

/// <summary>
/// The one layout of a policy file: two spaces of indentation, one clause a line, at most one blank line. Words, literals and
/// comments stay as they were written; where a block or a condition had lines of its own, it keeps them.
/// </summary>
public static class PolicyFormatter
{
    /// <summary>
    /// The file in its layout. The file must have been read without errors: a statement that was left out would be lost.
    /// </summary>
    public static string Format(PolicyFile file)
    {
        var layout = new Layout(file);
        foreach (var statement in file.Statements) layout.Statement(statement);
        return CommentWeaver.Weave(file, layout.Lines);
    }

    /// <summary>The text in its layout, or null when it has syntax errors.</summary>
    public static string? Format(SourceText source)
    {
        var result = PolicyParser.Parse(source);
        if (result.Diagnostics.Count > 0) return null;
        return PolicyYaml.IsPolicy(source.Path) ? PolicyYaml.Format(result.File) : Format(result.File);
    }
}
