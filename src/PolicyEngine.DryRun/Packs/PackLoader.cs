using PolicyEngine.Language;
using PolicyEngine.Language.Text;

namespace PolicyEngine.DryRun.Packs;

/// <summary>Packs as they were read from the disk, compiled together.</summary>
/// <param name="Folders">The folders that hold them and their neighbours in use: what to watch for changes.</param>
public sealed record LoadedPacks(IReadOnlyList<SourceText> Files, CompilationResult Result, IReadOnlyList<string> Folders);

/// <summary>
/// Reads packs from folders (all `*.policy` files below, in ordinal order of their paths) and files. A pack that these `use` is looked
/// for beside them: in policy files of the parent folder and in a folder of its name there. List files are found in the pack's folder.
/// </summary>
public static class PackLoader
{
    /// <summary>The policy files of the paths alone, without what they use.</summary>
    /// <exception cref="InputException">A path is not there, cannot be read, or holds no policy.</exception>
    public static IReadOnlyList<SourceText> Read(IReadOnlyList<string> paths) => Guarded(() => Gather(paths).Sources);

    /// <summary>All YAML files of the paths, whatever they say.</summary>
    /// <exception cref="InputException">A path is not there, cannot be read, or holds no YAML.</exception>
    public static IReadOnlyList<SourceText> ReadYaml(IReadOnlyList<string> paths) => Guarded(() => PackFiles.Yaml(paths));

    /// <param name="today">Milliseconds since the epoch, for warnings about exceptions that have ended; null: none.</param>
    /// <exception cref="InputException">A path is not there, cannot be read, or holds no policy.</exception>
    public static LoadedPacks Load(IReadOnlyList<string> paths, long? today = null) => Guarded(() =>
    {
        var files = Gather(paths);
        files.AddUsed();
        var options = new CompilationOptions { ReadList = files.ReadList, Today = today };
        return new LoadedPacks(files.Sources, PolicyCompilation.Compile(files.Sources, options), files.Folders);
    });

    private static PackFiles Gather(IReadOnlyList<string> paths)
    {
        var files = new PackFiles();
        foreach (var path in paths) files.Add(path);
        return files;
    }

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read the packs: {error.Message}", error);
        }
    }
}
