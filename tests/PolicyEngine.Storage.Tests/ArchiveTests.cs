using System.Text;
using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Storage.Ledger;
using PolicyEngine.Storage.Sinks;

namespace PolicyEngine.Storage.Tests;

/// <summary>Both places that decisions can be looked up in give the same answers.</summary>
public sealed class ArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => ["ledger", "lines"];

    [Theory, MemberData(nameof(Kinds))]
    public void Decisions_come_newest_first_and_one_time_in_reverse_order(string kind)
    {
        using var archive = Filled(kind);
        Assert.Equal(["d_5", "d_4", "d_3", "d_2", "d_1", "d_0"], Ids(archive, new DecisionFilter()));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_filter_keeps_rule_key_stage_and_time(string kind)
    {
        using var archive = Filled(kind);
        Assert.Equal(["d_4", "d_2", "d_0"], Ids(archive, new DecisionFilter { Rule = "harvest" }));
        Assert.Equal(["d_4", "d_2", "d_0"], Ids(archive, new DecisionFilter { Rule = "p.harvest" }));
        Assert.Empty(Ids(archive, new DecisionFilter { Rule = "other.harvest" }));
        Assert.Equal(["d_5", "d_2"], Ids(archive, new DecisionFilter { Key = "a2" }));
        Assert.Equal(["d_5", "d_3", "d_1"], Ids(archive, new DecisionFilter { Stage = "shadow" }));
        Assert.Equal(["d_3", "d_2"], Ids(archive, new DecisionFilter { Since = TestRecords.Start + 2000, Until = TestRecords.Start + 4000 }));
        Assert.Equal(["d_5", "d_4"], Ids(archive, new DecisionFilter { Limit = 2 }));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_page_goes_on_where_the_one_before_ended(string kind)
    {
        using var archive = Filled(kind);
        var last = archive.List(new DecisionFilter { Limit = 2 })[^1];
        Assert.Equal(["d_3", "d_2"], Ids(archive, new DecisionFilter { Limit = 2, After = (last.Time, last.Position) }));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void One_decision_is_found_by_its_id_with_its_record(string kind)
    {
        using var archive = Filled(kind);
        var found = archive.Get("d_4")!;
        Assert.Equal(("harvest", "p", "enforce", "account", "a1", "e4"), (found.Rule, found.Pack, found.Stage, found.KeyType, found.KeyId, found.Event));
        Assert.Equal("throttle carried_out, review held", found.Outcome);
        Assert.StartsWith("{\"id\":\"d_4\"", Encoding.UTF8.GetString(found.Record), StringComparison.Ordinal);
        Assert.Null(archive.Get("d_99"));
    }

    [Fact]
    public void A_line_that_is_no_decision_is_named()
    {
        File.WriteAllText(_folder.File("x.ndjson"), "{\"id\":\"d\"}\n");
        using var archive = new NdjsonArchive(_folder.File("x.ndjson"));
        Assert.Contains("line 1 is not a decision", Assert.Throws<InvalidDataException>(() => archive.List(new DecisionFilter())).Message, StringComparison.Ordinal);
    }

    private IDecisionArchive Filled(string kind)
    {
        var path = _folder.File(kind);
        if (kind == "ledger")
        {
            using var ledger = new SqliteLedger(path);
            Fill(ledger);
        }
        else
        {
            using var file = File.Create(path);
            using var sink = new NdjsonSink(file);
            Fill(sink);
        }
        return kind == "ledger" ? new LedgerReader(path) : new NdjsonArchive(path);
    }

    private static void Fill(IDecisionSink sink)
    {
        ResponseOutcome[] responses =
        [
            TestRecords.Outcome(TestRecords.Throttle, Outcome.CarriedOut), TestRecords.Outcome(TestRecords.Review, Outcome.Held),
            TestRecords.Outcome(TestRecords.Review, Outcome.Held),
        ];
        var (harvest, ring) = (TestRecords.Rule("harvest"), TestRecords.Rule("ring", RuleStage.Shadow));
        for (var n = 0; n < 6; n++) sink.Write(n, n % 2 == 0 ? harvest : ring, $"a{n % 3}", responses);
    }

    private static IEnumerable<string> Ids(IDecisionArchive archive, DecisionFilter filter) => archive.List(filter).Select(d => d.Id);

    public void Dispose() => _folder.Dispose();
}
