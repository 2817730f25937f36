using System.Text.RegularExpressions;

namespace PolicyEngine.Cli.Tests;

/// <summary>
/// Each folder under Cases is a case: `command` holds the arguments, one call a line; `expected` what each call prints and its exit
/// code. Refreshed by POLICY_UPDATE_GOLDEN=1, which a build server refuses.
/// </summary>
public sealed partial class GoldenCaseTests
{
    private static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "Cases");

    public static TheoryData<string> Names => [.. Directory.EnumerateDirectories(Cases).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Names))]
    public async Task Output_and_exit_code_are_as_recorded(string name)
    {
        var folder = Path.Combine(Cases, name);
        // What an earlier run has written there.
        if (Directory.Exists(Path.Combine(folder, "out"))) Directory.Delete(Path.Combine(folder, "out"), recursive: true);
        var told = "";
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(folder, "command")))
        {
            var (exit, output, error) = await PolicyProcess.Run(folder, Arguments(line));
            told += $"$ policy {line}\n{Stable(output)}{Prefixed("| ", Stable(error))}exit {exit}\n\n";
        }
        var expected = Path.Combine(folder, "expected");
        if (Environment.GetEnvironmentVariable("POLICY_UPDATE_GOLDEN") == "1")
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "golden files are not refreshed on a build server");
            await File.WriteAllTextAsync(Path.Combine(SourceCases(), name, "expected"), told);
            return;
        }
        Assert.Equal(await File.ReadAllTextAsync(expected), told);
    }

    private static IEnumerable<string> Arguments(string line) => Word().Matches(line).Select(m => m.Value.Trim('"'));

    /// <summary>Standard error is told with a bar before each line.</summary>
    private static string Prefixed(string prefix, string text) =>
        string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"{prefix}{line}\n"));

    /// <summary>Without what differs from build to build and run to run.</summary>
    private static string Stable(string text)
    {
        text = Runtime().Replace(text, ".NET 0.0");
        text = Version().Replace(text, "0.0.0");
        text = Hash().Replace(text, "HASH");
        text = PackHash().Replace(text, "pack HASH");
        text = Report().Replace(text, "dr_ID");
        text = Speed().Replace(text, "Took     a while");
        text = Cost().Replace(text, "$1:0");
        return Time().Replace(text, "TIME ms");
    }

    private static string SourceCases()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PolicyEngine.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "tests", "PolicyEngine.Cli.Tests", "Cases");
    }

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\d+\.\d+\.\d+\+[0-9a-f]+")]
    private static partial Regex Version();

    [GeneratedRegex(@"\.NET [0-9][^""\n]*")]
    private static partial Regex Runtime();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Hash();

    [GeneratedRegex("pack [0-9a-f]{8}\\b")]
    private static partial Regex PackHash();

    [GeneratedRegex("dr_[0-9a-f]{16}")]
    private static partial Regex Report();

    [GeneratedRegex("Took .*")]
    private static partial Regex Speed();

    [GeneratedRegex("(\"(?:seconds|events_per_second|peak_bytes)\"):[0-9.]+")]
    private static partial Regex Cost();

    [GeneratedRegex(@"\d+ ms")]
    private static partial Regex Time();
}
