using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Syntax.Formatting;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Yaml.Spelling;

/// <summary>
/// Policies spelled in YAML: a list of declarations, each a mapping with one key for a clause. It is read as text of the language, so that
/// there is one tree, one set of checks and one meaning; every place leads back to the YAML.
/// </summary>
public static class PolicyYaml
{
    private static readonly string[] Endings = [".policy.yaml", ".policy.yml"];

    /// <summary>By the name of the file; other YAML may be anything.</summary>
    public static bool IsPolicy(string path) => Endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    public static ParseResult Parse(SourceText source, ParseLimits? limits = null)
    {
        var file = YamlReader.Read(source);
        return file.HasErrors ? new ParseResult(new PolicyFile(source, [], []), file.Diagnostics) : Parse(file, reader => reader.Read(file), limits);
    }

    /// <summary>What <paramref name="read"/> finds in a file without errors, as text of the language, read in turn.</summary>
    internal static ParseResult Parse(YamlFile file, Action<SpellingReader> read, ParseLimits? limits = null)
    {
        var (made, report) = (new MadeText(file), new SpellingReport());
        var reader = new SpellingReader(made, report);
        read(reader);
        var parsed = PolicyParser.ParseText(made.Finish(), limits);
        IReadOnlyList<Diagnostic> diagnostics = [.. report.Diagnostics.Concat(parsed.Diagnostics.Where(d => !reader.BrokenPlaces.Exists(p => p.Start <= d.Span.Start && d.Span.Start <= p.End))).OrderBy(d => d.Span.Start)];
        return parsed with { Diagnostics = diagnostics, BrokenNames = [.. parsed.BrokenNames, .. reader.Broken] };
    }

    /// <summary>The file as YAML in its one layout. It must have been read without errors.</summary>
    public static string Format(PolicyFile file)
    {
        var layout = new SpellingLayout(file);
        foreach (var statement in file.Statements) layout.Statement(statement);
        return CommentWeaver.Weave(file, layout.Lines, comment => "#" + comment[2..]);
    }
}
