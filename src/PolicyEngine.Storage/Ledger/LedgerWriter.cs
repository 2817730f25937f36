using Microsoft.Data.Sqlite;

namespace PolicyEngine.Storage.Ledger;

/// <summary>Writes batches of decisions, at most <see cref="PerTransaction"/> in a transaction; an id that is there already stays as it is.</summary>
internal sealed class LedgerWriter : IDisposable
{
    public const int PerTransaction = 1000;

    private const string InsertOnce = """
        insert or ignore into decisions (id, time, event, rule, pack, stage, key_type, key_id, outcome, record)
        values ($id, $time, $event, $rule, $pack, $stage, $key_type, $key_id, $outcome, $record)
        """;

    private static readonly string[] Columns = ["id", "time", "event", "rule", "pack", "stage", "key_type", "key_id", "outcome", "record"];

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    public LedgerWriter(string path)
    {
        _connection = LedgerFile.OpenForWriting(path);
        _insert = _connection.CreateCommand();
        _insert.CommandText = InsertOnce;
        foreach (var column in Columns) _insert.Parameters.Add(new SqliteParameter { ParameterName = "$" + column });
    }

    /// <summary>Writes all of the batch; returns how many of its decisions were new.</summary>
    public int Write(LedgerBatch batch)
    {
        var (written, entries) = (0, batch.Count);
        for (var start = 0; start < entries; start += PerTransaction)
            written += WriteTransaction(batch, start, Math.Min(entries, start + PerTransaction));
        return written;
    }

    private int WriteTransaction(LedgerBatch batch, int start, int end)
    {
        using var transaction = _connection.BeginTransaction();
        _insert.Transaction = transaction;
        var written = 0;
        for (var i = start; i < end; i++)
        {
            Bind(batch, batch.Entries[i]);
            written += _insert.ExecuteNonQuery();
        }
        transaction.Commit();
        return written;
    }

    private void Bind(LedgerBatch batch, in LedgerBatch.Entry entry)
    {
        object[] values =
        [
            entry.Id, entry.Time, entry.Event, entry.Rule, entry.Pack, entry.Stage, entry.KeyType, entry.KeyId, entry.Outcome,
            batch.Record(entry),
        ];
        for (var i = 0; i < values.Length; i++) _insert.Parameters[i].Value = values[i];
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
