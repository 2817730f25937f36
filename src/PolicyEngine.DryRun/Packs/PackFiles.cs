using System.Runtime.ExceptionServices;
using PolicyEngine.Language.Sigma;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml.Spelling;
using Path = System.IO.Path;

namespace PolicyEngine.DryRun.Packs;

/// <summary>The policy files of one load, the packs they name, and where each pack lives.</summary>
internal sealed class PackFiles
{
    private static readonly string[] Patterns = ["*.policy", "*.yml", "*.yaml"];
    private static readonly string Here = "." + Path.DirectorySeparatorChar;
    private const long LargestFile = 16 << 20;

    private readonly List<SourceText> _sources = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly List<string> _given = [];
    private readonly Dictionary<string, string> _folderOfPack = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public IReadOnlyList<SourceText> Sources => _sources;

    public IReadOnlyList<string> Folders =>
        [.. _given.Concat(_sources.Select(s => Path.GetDirectoryName(Path.GetFullPath(s.Path))!)).Distinct().Order(StringComparer.Ordinal)];

    public void Add(string path)
    {
        if (File.Exists(path))
        {
            AddGiven(Path.GetDirectoryName(Path.GetFullPath(path))!);
            AddFile(path, given: true);
        }
        else if (Directory.Exists(path))
        {
            AddGiven(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
            var before = _sources.Count;
            AddFolder(path);
            if (_sources.Count == before && !_read.Any(f => f.StartsWith(Path.GetFullPath(path), StringComparison.Ordinal)))
                throw new InputException($"there is no policy file (*.policy) in {path}");
        }
        else
        {
            throw new InputException($"there is no file or folder {path}");
        }
    }

    public static IReadOnlyList<SourceText> Yaml(IReadOnlyList<string> paths)
    {
        var sources = new List<SourceText>();
        foreach (var path in paths)
        {
            if (!File.Exists(path) && !Directory.Exists(path)) throw new InputException($"there is no file or folder {path}");
            List<string> files = File.Exists(path) ? [path] : PolicyFiles(path, SearchOption.AllDirectories).FindAll(f => !f.EndsWith(Patterns[0][1..], StringComparison.Ordinal));
            if (files.Count == 0) throw new InputException($"there is no YAML file in {path}");
            sources.AddRange(files.Select(ReadSource));
        }
        return sources;
    }

    /// <summary>Adds packs that are used but were not given, and what those use in turn. One that is not found stays for the compiler to name.</summary>
    public void AddUsed()
    {
        var sought = new HashSet<string>(StringComparer.Ordinal);
        while (_used.FirstOrDefault(pack => !_folderOfPack.ContainsKey(pack) && !sought.Contains(pack)) is { } missing)
        {
            sought.Add(missing);
            foreach (var folder in _given)
                if (AddFromNeighbours(folder, missing)) break;
        }
    }

    /// <summary>The text of a list file, or null when the pack's folder has none of that name.</summary>
    public string? ReadList(string pack, string path)
    {
        if (!_folderOfPack.TryGetValue(pack, out var folder)) return null;
        var full = Path.GetFullPath(path, folder);
        // A policy is text from outside: it may name files of its own house only.
        var house = Path.GetDirectoryName(folder) ?? folder;
        return full.StartsWith(house, StringComparison.Ordinal) && File.Exists(full) ? File.ReadAllText(full) : null;
    }

    /// <summary>In the folder itself (a file alone was given), beside it, and in a folder of the pack's name beside it.</summary>
    private bool AddFromNeighbours(string folder, string pack)
    {
        var candidates = PolicyFiles(folder, SearchOption.TopDirectoryOnly);
        if (Path.GetDirectoryName(folder) is { } parent)
        {
            candidates.AddRange(PolicyFiles(parent, SearchOption.TopDirectoryOnly));
            var named = Path.Combine(parent, pack);
            if (Directory.Exists(named)) candidates.AddRange(PolicyFiles(named, SearchOption.AllDirectories));
        }
        foreach (var file in candidates.Where(IsPolicy).Select(Shorten))
        {
            if (_read.Contains(Path.GetFullPath(file))) continue;
            var source = ReadSource(file);
            if (PackOf(PolicyParser.Parse(source).File) == pack) AddSource(source, sigma: false);
        }
        return _folderOfPack.ContainsKey(pack);
    }

    private void AddGiven(string folder)
    {
        if (!_given.Contains(folder)) _given.Add(folder);
    }

    /// <summary>YAML that lies in a folder and is no Sigma belongs to somebody else.</summary>
    private void AddFile(string path, bool given)
    {
        if (_read.Contains(Path.GetFullPath(path))) return;
        AddRead(ReadSource(path), given);
    }

    private void AddRead(SourceText source, bool given)
    {
        var sigma = SigmaFiles.IsSigma(source.Path, source.Text);
        if (given || sigma || IsPolicy(source.Path)) AddSource(source, sigma);
    }

    /// <summary>Rules of others come by the thousands, so files are read at once and taken in their order.</summary>
    private void AddFolder(string path)
    {
        var files = PolicyFiles(path, SearchOption.AllDirectories).FindAll(f => !_read.Contains(Path.GetFullPath(f)));
        var sources = new SourceText[files.Count];
        try
        {
            Parallel.For(0, files.Count, i => sources[i] = ReadSource(files[i]));
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
        foreach (var source in sources) AddRead(source, given: false);
    }

    private static bool IsPolicy(string path) => path.EndsWith(".policy", StringComparison.OrdinalIgnoreCase) || PolicyYaml.IsPolicy(path);

    private void AddSource(SourceText source, bool sigma)
    {
        _read.Add(Path.GetFullPath(source.Path));
        _sources.Add(source);
        if (sigma)
        {
            _used.UnionWith(SigmaFiles.UsesOf(source));
            return;
        }
        var file = PolicyParser.Parse(source).File;
        foreach (var use in file.Statements.OfType<UseStatement>()) _used.Add(use.Pack.Text);
        if (PackOf(file) is not { } pack) return;
        // The pack's folder is the outermost one that holds a file of it.
        var folder = Path.GetDirectoryName(Path.GetFullPath(source.Path))!;
        if (!_folderOfPack.TryGetValue(pack, out var known) || folder.Length < known.Length) _folderOfPack[pack] = folder;
    }

    private static string? PackOf(PolicyFile file) => file.Statements.OfType<PackStatement>().FirstOrDefault()?.Name.Text;

    private static SourceText ReadSource(string path)
    {
        if (new FileInfo(path).Length > LargestFile) throw new InputException($"{path} is larger than {LargestFile >> 20} MiB");
        return new SourceText(path, File.ReadAllText(path));
    }

    /// <summary>In ordinal order of the paths; folders whose name begins with a dot belong to tools.</summary>
    private static List<string> PolicyFiles(string folder, SearchOption depth) =>
    [
        .. Patterns.SelectMany(p => Directory.EnumerateFiles(folder, p, depth)).Distinct()
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
            .Select(file => file.StartsWith(Here, StringComparison.Ordinal) ? file[Here.Length..] : file)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Paths below the working folder are shown as one would type them.</summary>
    private static string Shorten(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
