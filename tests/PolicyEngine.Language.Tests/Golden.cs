using System.Runtime.CompilerServices;

namespace PolicyEngine.Language.Tests;

/// <summary>Expected outputs that stand beside their cases; POLICY_UPDATE_GOLDEN=1 writes them anew, which CI forbids.</summary>
internal static class Golden
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("POLICY_UPDATE_GOLDEN") == "1";

    public static void Check(string name, string actual)
    {
        var path = Path.Combine(SourceFolder(), "Cases", name);
        if (Update)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "golden files are not written in CI");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }
        Assert.True(File.Exists(path), $"{name} does not exist; run once with POLICY_UPDATE_GOLDEN=1 and look at it");
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static string SourceFolder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
