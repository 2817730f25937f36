using System.CommandLine;
using System.Text.Json;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Cli.Commands;

internal static class FactsCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var packs = new Argument<string[]>("PACK")
        {
            Description = "Folders or files with policies", Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => ["."],
        };
        var search = new Option<string>("--search") { Description = "Only what has this text in its name or meaning", HelpName = "TEXT" };
        var format = CommonOptions.Format("table", "json");
        var json = CommonOptions.Json();
        return new Command("facts", "List what rules can ask about: fields, measures, links, labels, lists, scores") { packs, search, format, json }.Runs(call =>
        {
            var facts = Facts(PackSession.LoadModel(call.Shell, call.Required(packs))).Where(f => Matches(f, call.Value(search))).ToList();
            if (call.Form(format, json) == "json")
            {
                call.Out.WriteLine(JsonSerializer.Serialize(facts, Json));
                return ExitCode.Ok;
            }
            var table = new Columns();
            foreach (var fact in facts) table.Add(fact.Kind, fact.Name, fact.Type, fact.Meaning);
            table.Write(call.Out);
            if (facts.Count == 0) call.Shell.Note("nothing found");
            return ExitCode.Ok;
        });
    }

    private static bool Matches(Fact fact, string? search) =>
        search is null
        || fact.Name.Contains(search, StringComparison.OrdinalIgnoreCase)
        || fact.Meaning.Contains(search, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Fact> Facts(PolicyModel model)
    {
        foreach (var declared in model.Events)
            foreach (var field in declared.Fields)
                yield return new Fact("field", $"{declared.Name}.{field.Name}", field.Type.ToString(), declared.Pack.Name, FieldMeaning(field));
        foreach (var kind in model.NamedEvents)
            yield return new Fact("event", kind.Name, "", kind.Pack.Name, KindMeaning(kind));
        foreach (var link in model.Links)
        {
            yield return new Fact("link", link.Name, $"of {link.Entity.Name}", link.Pack.Name, LinkMeaning(link));
            yield return new Fact("group", $"{link.Name}.size", "integer?", link.Pack.Name, "members now; missing for who is linked to nobody");
            yield return new Fact("group", $"{link.Name}.age", "duration?", link.Pack.Name, "since the group came to be");
            yield return new Fact("group", $"{link.Name}.reasons", "text?", link.Pack.Name, "what its members share, and how many do");
        }
        foreach (var measure in model.Measures)
            yield return new Fact("measure", measure.Name, measure.Type.ToString(), measure.Pack.Name, measure.Declaration);
        foreach (var label in model.Labels)
            yield return new Fact("label", label.Name, $"of {label.Link?.Name ?? label.Entity.Name}", label.Pack.Name, label.Meaning ?? "");
        foreach (var list in model.Lists)
            yield return new Fact("list", list.Name, list.Element.ToString(), list.Pack.Name, list.File ?? $"{list.Entries.Count} entries");
        foreach (var score in model.Scores)
            yield return new Fact("score", score.Name, $"of {score.Entity.Name}", score.Pack.Name, $"halves every {Text.Words.Duration(score.HalfLife)}");
    }

    private static string KindMeaning(NamedEventSymbol kind) =>
        string.Join(", ", kind.Sources.Select(s => s.Name)) + (kind.Where is { } where ? $" where {OneLine(where.Span.Text)}" : "");

    private static string LinkMeaning(LinkSymbol link) =>
        $"by {string.Join(", by ", link.Ways.Select(w => w.Text))} over {Text.Words.Duration(link.Length)} step {Text.Words.Duration(link.Step)}";

    private static string FieldMeaning(FieldSymbol field) =>
        field.Computed is { } computed ? "= " + OneLine(computed.Span.Text)
        : (string.Join('.', field.OutsidePath) is { } path && path != field.Name ? $"from {path}" : "") + (field.Sensitive ? " sensitive" : "");

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private sealed record Fact(string Kind, string Name, string Type, string Pack, string Meaning);
}
