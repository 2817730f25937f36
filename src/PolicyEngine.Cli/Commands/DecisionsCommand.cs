using System.CommandLine;
using System.Text;
using PolicyEngine.Cli.Terminal;
using PolicyEngine.Cli.Text;
using PolicyEngine.Storage.Ledger;

namespace PolicyEngine.Cli.Commands;

internal static class DecisionsCommand
{
    private static readonly byte[] DatabaseMark = "SQLite format 3\0"u8.ToArray();

    public static Command Create() => new("decisions", "Look at decisions that were made") { CreateList(), CreateShow() };

    private static Command CreateList()
    {
        var from = From();
        var rule = new Option<string>("--rule") { Description = "Only decisions of this rule", HelpName = "RULE" };
        var key = new Option<string>("--key", "--account") { Description = "Only decisions about this key", HelpName = "ID" };
        var stage = new Option<string>("--stage") { Description = "Only decisions of rules in this stage", HelpName = "STAGE" };
        var since = new Option<string>("--since") { Description = "Not before this time", HelpName = "TIME" };
        var until = new Option<string>("--until") { Description = "Before this time", HelpName = "TIME" };
        var limit = new Option<int>("--limit") { Description = "At most so many, newest first", HelpName = "N", DefaultValueFactory = _ => 50 };
        var format = CommonOptions.Format("table", "json");
        var json = CommonOptions.Json();
        return new Command("list", "List decisions, newest first") { from, rule, key, stage, since, until, limit, format, json }.Runs(call =>
        {
            var filter = new DecisionFilter
            {
                Rule = call.Value(rule),
                Key = call.Value(key),
                Stage = call.Value(stage),
                Since = call.Value(since) is { } first ? Moments.Read(first, "--since") : null,
                Until = call.Value(until) is { } last ? Moments.Read(last, "--until") : null,
                Limit = call.Value(limit),
            };
            using var archive = OpenArchive(call.Required(from));
            WriteList(call, archive.List(filter), call.Form(format, json) == "json");
            return ExitCode.Ok;
        });
    }

    private static Command CreateShow()
    {
        var from = From();
        var id = new Argument<string>("ID") { Description = "The decision's id, `d_…`" };
        var format = CommonOptions.Format("human", "json");
        var json = CommonOptions.Json();
        return new Command("show", "Explain one decision") { from, id, format, json }.Runs(call =>
        {
            using var archive = OpenArchive(call.Required(from));
            var decision = archive.Get(call.Required(id))
                ?? throw new CommandFailure(ExitCode.No, $"there is no decision `{call.Required(id)}` in {call.Required(from)}");
            if (call.Form(format, json) == "json") call.Out.WriteLine(Encoding.UTF8.GetString(decision.Record));
            else DecisionView.Write(call.Out, decision.Record, call.Shell.OutColours);
            return ExitCode.Ok;
        });
    }

    private static Argument<string> From() => new("FROM") { Description = "A ledger (.db) or a file of decisions as `--decisions` writes it" };

    private static IDecisionArchive OpenArchive(string path)
    {
        if (!File.Exists(path)) throw new CommandFailure(ExitCode.BadInput, $"there is no file {path}");
        using var file = File.OpenRead(path);
        var start = new byte[DatabaseMark.Length];
        file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start.AsSpan().SequenceEqual(DatabaseMark) ? new LedgerReader(path) : new NdjsonArchive(path);
    }

    private static void WriteList(Invocation call, IReadOnlyList<StoredDecision> decisions, bool json)
    {
        if (json)
        {
            foreach (var decision in decisions) call.Out.WriteLine(Encoding.UTF8.GetString(decision.Record));
            return;
        }
        var table = new Columns();
        foreach (var d in decisions) table.Add(d.Id, Moments.Show(d.Time), $"{d.KeyType} {d.KeyId}", d.Rule, d.Stage, d.Outcome);
        table.Write(call.Out);
        if (decisions.Count == 0) call.Shell.Note("no decisions");
        else call.Shell.Note($"Next: policy decisions show {call.Arguments.GetValue<string>("FROM")} {decisions[0].Id}");
    }
}
