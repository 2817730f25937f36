using PolicyEngine.Language.Import;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Cli;

/// <summary>The folder that an import writes to: a file for each that was read, where it lay below the folder that was given.</summary>
internal sealed class ImportTarget
{
    private readonly IReadOnlyList<string> _given;

    private ImportTarget(string folder, IReadOnlyList<string> given, bool yaml) =>
        (Folder, _given, Yaml, Pack) = (folder, given, yaml, Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))));

    public string Folder { get; }

    public bool Yaml { get; }

    /// <summary>The name of the folder.</summary>
    public string Pack { get; }

    public static ImportTarget Of(string folder, IReadOnlyList<string> given, bool yaml) => new(folder, given, yaml);

    /// <summary>The files under paths of their own.</summary>
    public IReadOnlyList<SourceText> Place(IReadOnlyList<ImportedFile> files)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. files.Select(f => new SourceText(PathOf(f, taken), f.Text))];
    }

    /// <summary>All of them, or none where one would take the place of a file that somebody has edited.</summary>
    /// <exception cref="CommandFailure">A file of that name says something else.</exception>
    public static void Write(IReadOnlyList<SourceText> files)
    {
        foreach (var file in files)
        {
            if (File.Exists(file.Path) && File.ReadAllText(file.Path) != file.Text)
                throw new CommandFailure(ExitCode.Usage, $"{file.Path} is there already and says something else") { Help = "choose another folder with --to, and compare the two" };
        }
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file.Path))!);
            File.WriteAllText(file.Path, file.Text);
        }
    }

    private string PathOf(ImportedFile file, HashSet<string> taken)
    {
        var folder = file.From is { } source ? Path.Combine(Folder, Below(source.Path)) : Folder;
        var ending = Yaml ? ".policy.yaml" : ".policy";
        var path = Path.Combine(folder, file.Name + ending);
        for (var n = 2; !taken.Add(path); n++) path = Path.Combine(folder, $"{file.Name}_{n}{ending}");
        return path;
    }

    /// <summary>The folders between a folder that was given and the file.</summary>
    private string Below(string path)
    {
        var folder = _given.FirstOrDefault(g => Directory.Exists(g) && !Path.GetRelativePath(g, path).StartsWith("..", StringComparison.Ordinal));
        return folder is null ? "" : Path.GetDirectoryName(Path.GetRelativePath(folder, path)) ?? "";
    }
}
