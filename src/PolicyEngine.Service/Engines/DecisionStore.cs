using Microsoft.Extensions.Options;
using PolicyEngine.Storage.Ledger;

namespace PolicyEngine.Service.Engines;

/// <summary>The service's ledger: one writer for the engine, one reader for those who ask.</summary>
internal sealed class DecisionStore : IDisposable
{
    private readonly LedgerReader _reader;

    public DecisionStore(IOptions<ServiceSettings> settings)
    {
        var path = Path.Combine(settings.Value.DataFolder, "decisions.db");
        Ledger = new SqliteLedger(path);
        _reader = new LedgerReader(path);
    }

    public SqliteLedger Ledger { get; }

    /// <summary>Asks the ledger; everything decided before is in the answer.</summary>
    public T Read<T>(Func<IDecisionArchive, T> question)
    {
        Ledger.Flush();
        return question(_reader);
    }

    public void Dispose()
    {
        _reader.Dispose();
        Ledger.Dispose();
    }
}
