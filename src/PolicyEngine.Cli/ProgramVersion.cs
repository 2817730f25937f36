using System.Reflection;

namespace PolicyEngine.Cli;

internal static class ProgramVersion
{
    /// <summary>Major, minor, patch, and whatever the build added after a plus sign.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
