using System.Text.RegularExpressions;
using PolicyEngine.Language.Syntax.Generated;

namespace PolicyEngine.Language.Syntax.Formatting;

/// <summary>Names as they are written: in backticks where they would be read as something else.</summary>
internal static partial class NameText
{
    private static readonly HashSet<string> Words = new(
        Enumerable.Range(1, PolicyLexer.DATETIME - 1).Select(t => PolicyLexer.DefaultVocabulary.GetLiteralName(t)!.Trim('\'')), StringComparer.Ordinal);

    /// <summary>Whether it may stand without backticks, for whatever it is the name of.</summary>
    public static bool IsPlain(string name) => Plain().IsMatch(name) && !Words.Contains(name);

    /// <summary>Whether it may stand at least in backticks.</summary>
    public static bool IsPossible(string name) => name.Length > 0 && name.AsSpan().IndexOfAny('`', '\r', '\n') < 0;

    /// <summary>The name with an underscore for every sign that wants backticks; itself where it is a word of the language.</summary>
    public static string Smooth(string name)
    {
        var smooth = Rough().Replace(name, "_");
        return IsPlain(smooth) ? smooth : IsPlain("_" + smooth) ? "_" + smooth : name;
    }

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{N}_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"[^\p{L}\p{N}_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Rough();
}
