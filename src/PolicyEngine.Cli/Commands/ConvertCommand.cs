using System.CommandLine;
using PolicyEngine.Cli.Text;
using PolicyEngine.DryRun.Packs;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml.Spelling;
using Path = System.IO.Path;

namespace PolicyEngine.Cli.Commands;

/// <summary>A policy file in its other spelling.</summary>
internal static class ConvertCommand
{
    private const string Policy = ".policy";

    public static Command Create()
    {
        var packs = new Argument<string[]>("FILE") { Description = "Policy files, or folders of them", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--output", "-o") { Description = "Write there: a file, or a folder for several", HelpName = "PATH" };
        return new Command("convert", "Turn policy text into YAML, and YAML into policy text") { packs, output }.Runs(call =>
        {
            var sources = PackLoader.Read(call.Required(packs)).ToList();
            var broken = 0;
            var (path, isFolder) = (call.Value(output), sources.Count > 1 || Directory.Exists(call.Value(output)));
            if (sources.Count > 1 && path is null)
                throw new CommandFailure(ExitCode.Usage, $"{Words.Count(sources.Count, "file")} need a folder to be written to") { Help = "add -o FOLDER" };
            foreach (var source in sources)
            {
                if (Convert(call, source) is not { } text) broken++;
                else if (path is null) call.Out.Write(text);
                else Write(call, isFolder ? Path.Combine(path, NameOf(source)) : path, text);
            }
            return broken > 0 ? ExitCode.No : ExitCode.Ok;
        });
    }

    /// <summary>Null when the file has errors, which are shown.</summary>
    private static string? Convert(Invocation call, SourceText source)
    {
        var parsed = PolicyParser.Parse(source);
        foreach (var error in parsed.Diagnostics) call.Shell.Error.WriteLine(DiagnosticRenderer.Concise(error));
        if (parsed.Diagnostics.Count > 0) return null;
        return PolicyYaml.IsPolicy(source.Path) ? PolicyFormatter.Format(parsed.File) : PolicyYaml.Format(parsed.File);
    }

    private static void Write(Invocation call, string path, string text)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        File.WriteAllText(path, text);
        call.Out.WriteLine(path);
    }

    private static string NameOf(SourceText source)
    {
        var name = Path.GetFileName(source.Path);
        if (!PolicyYaml.IsPolicy(name)) return Path.GetFileNameWithoutExtension(name) + Policy + ".yaml";
        return name[..(name.LastIndexOf(Policy, StringComparison.OrdinalIgnoreCase) + Policy.Length)];
    }
}
