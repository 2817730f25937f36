using System.CommandLine;
using System.Globalization;
using PolicyEngine.Cli.Indicators;
using PolicyEngine.Cli.Text;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Cli.Commands;

/// <summary>Lists of a pack for other tools. The other way needs no command: a list is read from such a file.</summary>
internal static class ListsCommand
{
    public static Command Create() => new("lists", "Lists of a pack: what is in them, for other tools") { Export() };

    private static Command Export()
    {
        var packs = CommonOptions.Packs();
        var name = new Option<string>("--list") { Description = "Which list; needed where there are several", HelpName = "NAME" };
        var format = CommonOptions.Format("csv", "stix");
        var at = new Option<string>("--at") { Description = "Since when the indicators are valid; without it: now", HelpName = "TIME" };
        var output = new Option<string>("--output", "-o") { Description = "Write there instead", HelpName = "FILE" };
        return new Command("export", "Entries of a list with source, confidence and end, as CSV or as a STIX 2.1 bundle") { packs, name, format, at, output }.Runs(call =>
        {
            var list = Find(PackSession.LoadModel(call.Shell, call.Required(packs)), call.Value(name));
            var text = new StringWriter { NewLine = "\n" };
            if (call.Value(format) == "stix") text.WriteLine(new StixExport(list.Name, TimeOf(call.Value(at))).Write(Indicator.Of(list)));
            else IndicatorCsv.Write(text, Indicator.Of(list));
            if (call.Value(output) is { } path)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                File.WriteAllText(path, text.ToString());
            }
            else call.Out.Write(text.ToString());
            call.Shell.Note($"{list.Name}: {Words.Number(list.Entries.Count)} {(list.Entries.Count == 1 ? "entry" : "entries")}");
            return ExitCode.Ok;
        });
    }

    private static ListSymbol Find(PolicyModel model, string? name)
    {
        var lists = model.Packs.SelectMany(p => p.Lists).ToList();
        var found = name is null ? lists : lists.FindAll(l => l.Name == name || l.QualifiedName == name);
        if (found.Count == 1) return found[0];
        var names = string.Join(", ", lists.Select(l => found.Count > 1 && name is not null ? l.QualifiedName : l.Name));
        throw new CommandFailure(ExitCode.Usage, name is null ? $"there are {lists.Count} lists" : found.Count == 0 ? $"there is no list `{name}`" : $"there are several lists `{name}`")
        {
            Help = lists.Count == 0 ? "a list is declared by `list NAME: TYPE = […]` or `from \"FILE\"`" : $"name one with --list: {names}",
        };
    }

    private static string TimeOf(string? given)
    {
        if (given is null) return Indicator.TimeText(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        return DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Indicator.TimeText(time.ToUnixTimeMilliseconds()) : throw new CommandFailure(ExitCode.Usage, $"`{given}` is no time") { Help = "write it as 2026-02-01 or 2026-02-01T09:00:00Z" };
    }
}
