using System.CommandLine;

namespace PolicyEngine.Cli.Text;

/// <summary>A command with its words for completion. <paramref name="Path"/>: the commands from the root on, `decisions list`; empty for the root.</summary>
internal sealed record CompletionEntry(string Path, IReadOnlyList<CompletionWord> Words);

internal sealed record CompletionWord(string Text, string Description, bool IsOption);

/// <summary>The command tree as plain words, in the order in which help shows them.</summary>
internal static class CompletionTree
{
    public static IReadOnlyList<CompletionEntry> Of(RootCommand root)
    {
        var entries = new List<CompletionEntry>();
        Walk(root, "", root.Options.Where(o => o.Recursive).ToList(), entries);
        return entries;
    }

    private static void Walk(Command command, string path, IReadOnlyList<Option> inherited, List<CompletionEntry> entries)
    {
        var words = command.Subcommands.Select(c => new CompletionWord(c.Name, c.Description ?? "", false))
            .Concat(command.Options.Union(inherited).Select(o => new CompletionWord(o.Name, o.Description ?? "", true)));
        entries.Add(new CompletionEntry(path, [.. words]));
        foreach (var child in command.Subcommands) Walk(child, path.Length == 0 ? child.Name : $"{path} {child.Name}", inherited, entries);
    }
}
