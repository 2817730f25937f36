using System.Buffers;
using System.Text;
using PolicyEngine.Runtime.Decisions;

namespace PolicyEngine.Storage.Ledger;

/// <summary>Decisions on their way to the disk: their bytes in one growing buffer, which is used again.</summary>
internal sealed class LedgerBatch
{
    private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    public int Bytes => _bytes.WrittenCount;

    public void Add(in DecisionRecord record)
    {
        var start = _bytes.WrittenCount;
        _bytes.Write(record.Json);
        _entries.Add(new Entry(
            start, record.Json.Length, Encoding.ASCII.GetString(record.Id), record.Time, Encoding.UTF8.GetString(record.EventId),
            record.Rule.Name, record.Rule.Pack, DecisionText.Word(record.Rule.Stage), record.KeyType,
            Encoding.UTF8.GetString(record.KeyId), DecisionText.Summary(record.Responses)));
    }

    public ReadOnlySpan<Entry> Entries => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entries);

    public byte[] Record(in Entry entry) => _bytes.WrittenSpan.Slice(entry.Start, entry.Length).ToArray();

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _entries.Clear();
    }

    internal readonly record struct Entry(
        int Start, int Length, string Id, long Time, string Event, string Rule, string Pack, string Stage, string KeyType, string KeyId,
        string Outcome);
}
