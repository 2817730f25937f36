using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests;

/// <summary>The case files beside the tests, by their path under `Cases`.</summary>
internal static class TestCases
{
    private static readonly string Root = System.IO.Path.Combine(AppContext.BaseDirectory, "Cases");

    public static IEnumerable<string> Find(string folder, string pattern = "*.policy") =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    public static SourceText Read(string name) => new(name, File.ReadAllText(System.IO.Path.Combine(Root, name)));
}
