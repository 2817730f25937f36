using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace PolicyEngine.Tidy.Tests;

/// <summary>The rules of the house, so that nobody has to remember them.</summary>
public sealed partial class HouseRules
{
    private const int FileLines = 400;
    private const int MethodLines = 70;

    /// <summary>Arrows run one way; a room may know those named here and no others.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Language"] = [],
        ["Runtime"] = [],
        ["Compiler"] = ["Language", "Runtime"],
        ["Storage"] = ["Runtime"],
        ["DryRun"] = ["Language", "Compiler", "Runtime", "Storage"],
        ["Service"] = ["Language", "Compiler", "Runtime", "Storage", "DryRun"],
        ["Cli"] = ["Language", "Compiler", "Runtime", "Storage", "DryRun", "Service"],
    };

    [Fact]
    public void FilesAreShort() =>
        Assert.Empty(Tree.Sources.Where(f => f.Lines > FileLines).Select(f => $"{f.Name} has {f.Lines} lines; {FileLines} at most"));

    [Fact]
    public void MethodsAreShort() => Assert.Empty(
        from file in Tree.Sources
        from method in file.Syntax.DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
        let span = method.SyntaxTree.GetLineSpan(method.Span)
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > MethodLines
        select $"{file.Name}:{span.StartLinePosition.Line + 1} has {lines} lines; {MethodLines} at most");

    [Fact]
    public void ReferencesRunOneWay()
    {
        foreach (var (room, allowed) in Arrows)
        {
            var project = XDocument.Load(Path.Combine(Tree.Root, "src", $"PolicyEngine.{room}", $"PolicyEngine.{room}.csproj"));
            var found = project.Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')).Replace("PolicyEngine.", "", StringComparison.Ordinal));
            Assert.Empty(found.Except(allowed).Select(r => $"{room} may not refer to {r}"));
        }
    }

    [Fact]
    public void ParserTypesStayInSyntax() => Assert.Empty(
        Tree.Sources.Where(f => f.Name.StartsWith("src/", StringComparison.Ordinal) && !f.Name.Contains("/Syntax/", StringComparison.Ordinal))
            .Where(f => f.Text.Contains("Antlr4", StringComparison.Ordinal)).Select(f => $"{f.Name} names a parser type"));

    [Fact]
    public void YamlParserTypesStayInYaml() => Assert.Empty(
        Tree.Sources.Where(f => f.Name.StartsWith("src/", StringComparison.Ordinal) && !f.Name.Contains("/Yaml/", StringComparison.Ordinal))
            .Where(f => f.Text.Contains("YamlDotNet", StringComparison.Ordinal)).Select(f => $"{f.Name} names a parser type"));

    [Fact]
    public void PureRoomsSaySo()
    {
        foreach (var room in new[] { "Language", "Runtime", "Compiler" })
            Assert.Contains("<PureRoom>true</PureRoom>",
                File.ReadAllText(Path.Combine(Tree.Root, "src", $"PolicyEngine.{room}", $"PolicyEngine.{room}.csproj")), StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsLeftForLater() => Assert.Empty(
        Tree.Sources.Where(f => !f.Name.Contains("Tidy", StringComparison.Ordinal))
            .SelectMany(f => Unfinished().Matches(f.Text).Select(m => $"{f.Name}: {m.Value}")));

    [Fact]
    public void ExceptionsAreNotSwallowed() => Assert.Empty(
        from file in Tree.Sources
        from clause in file.Syntax.DescendantNodes().OfType<CatchClauseSyntax>()
        where clause.Block.Statements.Count == 0 && !clause.Block.DescendantTrivia().Any(t => t.ToString().StartsWith("//", StringComparison.Ordinal))
        select $"{file.Name}:{clause.SyntaxTree.GetLineSpan(clause.Span).StartLinePosition.Line + 1} swallows an exception and does not say why");

    [GeneratedRegex(@"NotImplementedException|//.*\b(TODO|FIXME|HACK)\b|Skip\s*=\s*""|Assert\.True\(true\)")]
    private static partial Regex Unfinished();
}
