using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PolicyEngine.Tidy.Tests;

/// <summary>The source tree as these tests see it: what is committed by hand, not what a generator or a build wrote.</summary>
internal static class Tree
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Sources { get; } =
        [.. new[] { "src", "tests" }.SelectMany(d => Directory.EnumerateFiles(Path.Combine(Root, d), "*.cs", SearchOption.AllDirectories))
            .Where(IsOurs).Order(StringComparer.Ordinal).Select(SourceFile.Read)];

    private static bool IsOurs(string path)
    {
        var parts = Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar);
        return !parts.Any(p => p is "Generated" or "Data" or "obj" or "bin" or "artifacts");
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PolicyEngine.sln"))) folder = folder.Parent;
        return folder?.FullName ?? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
    }
}

internal sealed record SourceFile(string Name, string Text, SyntaxNode Syntax)
{
    public int Lines => Text.Count(c => c == '\n');

    public static SourceFile Read(string path)
    {
        var text = File.ReadAllText(path);
        var name = Path.GetRelativePath(Tree.Root, path).Replace('\\', '/');
        return new SourceFile(name, text, CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot());
    }
}
