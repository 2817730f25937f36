using System.Text;
using PolicyEngine.Storage.Ledger;
using PolicyEngine.Storage.Sinks;

namespace PolicyEngine.Storage.Tests;

public sealed class SqliteLedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void An_id_is_written_once_and_keeps_its_first_record()
    {
        using (var ledger = new SqliteLedger(_folder.File("l.db")))
        {
            ledger.Write(1, TestRecords.Rule("first"), "a");
            ledger.Flush();
            ledger.Write(1, TestRecords.Rule("second"), "a");
            ledger.Flush();
            Assert.Equal(1, ledger.Written);
        }
        using (var again = new SqliteLedger(_folder.File("l.db"))) again.Write(1, TestRecords.Rule("third"), "a");
        using var reader = new LedgerReader(_folder.File("l.db"));
        Assert.Equal("first", Assert.Single(reader.List(new DecisionFilter())).Rule);
    }

    [Fact]
    public void Many_decisions_pass_through_several_transactions_without_loss()
    {
        const int Many = 3 * LedgerWriter.PerTransaction + 17;
        using (var ledger = new SqliteLedger(_folder.File("l.db")))
        {
            for (var n = 0; n < Many; n++) ledger.Write(n, TestRecords.Rule("r"), "a");
            ledger.Flush();
            Assert.Equal(Many, ledger.Written);
        }
        using var reader = new LedgerReader(_folder.File("l.db"));
        Assert.Equal(Many, reader.List(new DecisionFilter { Limit = int.MaxValue }).Count);
    }

    [Fact]
    public void What_is_flushed_can_be_read_while_the_ledger_is_open()
    {
        using var ledger = new SqliteLedger(_folder.File("l.db"));
        using var reader = new LedgerReader(_folder.File("l.db"));
        ledger.Write(1, TestRecords.Rule("r"), "a");
        ledger.Flush();
        Assert.NotNull(reader.Get("d_1"));
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_said_so()
    {
        File.WriteAllText(_folder.File("plain"), "");
        var error = Assert.Throws<StorageException>(() => new SqliteLedger(Path.Combine(_folder.File("plain"), "l.db")));
        Assert.Contains("l.db", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_kind_is_left_alone()
    {
        File.WriteAllText(_folder.File("notes.txt"), new string('x', 4096));
        var error = Assert.Throws<StorageException>(() => new SqliteLedger(_folder.File("notes.txt")));
        Assert.Contains("not a ledger of decisions", error.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 4096), File.ReadAllText(_folder.File("notes.txt")));
    }

    [Fact]
    public void A_ledger_that_is_not_there_is_not_made_by_reading() =>
        Assert.Contains("there is no ledger", Assert.Throws<StorageException>(() => new LedgerReader(_folder.File("none.db"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_failed_write_is_told_to_every_later_caller()
    {
        using var ledger = new SqliteLedger(_folder.File("l.db"));
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.File("l.db")};Pooling=False"))
        {
            other.Open();
            using var drop = other.CreateCommand();
            drop.CommandText = "drop table decisions";
            drop.ExecuteNonQuery();
        }
        ledger.Write(1, TestRecords.Rule("r"), "a");
        var first = Assert.Throws<StorageException>(ledger.Flush);
        Assert.Same(first, Assert.Throws<StorageException>(() => ledger.Write(2, TestRecords.Rule("r"), "a")));
        Assert.Same(first, ledger.Failure);
    }

    [Fact]
    public void A_full_disk_is_named()
    {
        using var full = new NdjsonSink(new FullDisk());
        full.Write(1, TestRecords.Rule("r"), "a");
        Assert.Contains("no space left", Assert.Throws<StorageException>(full.Flush).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tee_gives_each_sink_every_decision_and_null_takes_all()
    {
        using var one = new MemoryStream();
        using var two = new MemoryStream();
        using (var first = new NdjsonSink(one))
        using (var second = new NdjsonSink(two))
        {
            var tee = new TeeSink(first, NullSink.Instance, second);
            tee.Write(1, TestRecords.Rule("r"), "a");
            tee.Write(2, TestRecords.Rule("r"), "a");
        }
        Assert.Equal(one.ToArray(), two.ToArray());
        Assert.Equal(2, Encoding.UTF8.GetString(one.ToArray()).Count(c => c == '\n'));
    }

    public void Dispose() => _folder.Dispose();

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("no space left on device");
    }
}
