namespace PolicyEngine.Conformance.Tests.Sigma;

/// <summary>
/// A test over public rules that are not part of this repository. Where the folder is not given the test is reported as skipped, with the
/// name of the setting: one that returns early would look as if it had passed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FolderFactAttribute : FactAttribute
{
    public FolderFactAttribute(string setting) => Skip = Folder(setting) is null ? $"{setting} does not name a folder" : null;

    public static string? Folder(string setting) =>
        Environment.GetEnvironmentVariable(setting) is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;
}
