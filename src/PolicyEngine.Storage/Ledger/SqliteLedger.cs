using PolicyEngine.Runtime.Decisions;

namespace PolicyEngine.Storage.Ledger;

/// <summary>
/// The record of decisions. <see cref="Write"/> copies the record and returns; a thread of its own writes it. When the disk cannot keep
/// up, writing waits: nothing is dropped.
/// </summary>
public sealed class SqliteLedger : IDecisionSink, IDisposable
{
    private const int WaitingRecords = 50_000;
    private const int WaitingBytes = 64 << 20;

    private readonly string _path;
    private readonly LedgerWriter _writer;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private LedgerBatch _filling = new();
    private long _taken;
    private long _done;
    private bool _closed;
    private StorageException? _failure;
    private long _written;

    /// <exception cref="StorageException">The file cannot be opened or written, or is not a ledger.</exception>
    public SqliteLedger(string path)
    {
        _path = path;
        try
        {
            _writer = new LedgerWriter(path);
        }
        catch (Exception error) when (error is Microsoft.Data.Sqlite.SqliteException or UnauthorizedAccessException or IOException)
        {
            throw LedgerFile.Explain(path, error);
        }
        _thread = new Thread(Run) { IsBackground = true, Name = "ledger" };
        _thread.Start();
    }

    /// <summary>Decisions that were new, so far; those whose id was there already are not counted.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Why nothing can be written any more; null while all is well.</summary>
    public StorageException? Failure => Volatile.Read(ref _failure);

    /// <exception cref="StorageException">An earlier record could not be written.</exception>
    public void Write(in DecisionRecord record)
    {
        lock (_gate)
        {
            while (_failure is null && (_filling.Count >= WaitingRecords || _filling.Bytes >= WaitingBytes)) Monitor.Wait(_gate);
            if (_failure is not null) throw _failure;
            ObjectDisposedException.ThrowIf(_closed, this);
            _filling.Add(record);
            _taken++;
            if (_filling.Count == 1) Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until everything written so far is on the disk.</summary>
    /// <exception cref="StorageException">It could not be written.</exception>
    public void Flush()
    {
        lock (_gate)
        {
            // Only what was there when the caller came: others may go on writing for ever.
            var wanted = _taken;
            while (_failure is null && _done < wanted) Monitor.Wait(_gate);
            if (_failure is not null) throw _failure;
        }
    }

    private void Run()
    {
        var emptying = new LedgerBatch();
        var written = 0;
        while (true)
        {
            lock (_gate)
            {
                _done += written;
                Monitor.PulseAll(_gate);
                while (_filling.Count == 0 && !_closed) Monitor.Wait(_gate);
                if (_filling.Count == 0) return;
                (_filling, emptying) = (emptying, _filling);
                written = emptying.Count;
                Monitor.PulseAll(_gate);
            }
            try
            {
                Interlocked.Add(ref _written, _writer.Write(emptying));
                emptying.Clear();
            }
            catch (Exception error)
            {
                // After a failed write the same handle is not tried again: every later call says what happened.
                lock (_gate)
                {
                    _failure = LedgerFile.Explain(_path, error);
                    Monitor.PulseAll(_gate);
                }
                return;
            }
        }
    }

    /// <summary>Writes what is left and closes the file. A failure is in <see cref="Failure"/>; call <see cref="Flush"/> before to be told.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            Monitor.PulseAll(_gate);
        }
        _thread.Join();
        _writer.Dispose();
    }
}
