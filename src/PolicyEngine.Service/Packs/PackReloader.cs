using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PolicyEngine.Compiler;
using PolicyEngine.DryRun;
using PolicyEngine.DryRun.Packs;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Service.Engines;

namespace PolicyEngine.Service.Packs;

/// <summary>
/// Reads and compiles packs aside and puts them in force between two events. Packs with an error change nothing: the old ones stay, and
/// status and log say why.
/// </summary>
internal sealed partial class PackReloader(
    IOptions<ServiceSettings> settings, EngineThread engine, ReloadStatus status, TimeProvider time, ILogger<PackReloader> log)
{
    /// <summary>Loads the packs; gives false when the old ones stay in force because the new ones have errors.</summary>
    public async Task<bool> ReloadAsync(CancellationToken stop)
    {
        var inForce = await engine.Do(room => room.Plan.Hash, stop).ConfigureAwait(false);
        try
        {
            var packs = PackLoader.Load([.. settings.Value.Packs], time.GetUtcNow().ToUnixTimeMilliseconds());
            var errors = packs.Result.Diagnostics.Where(d => d.Severity == Severity.Error).ToList();
            if (errors.Count > 0) return Refuse(inForce, DiagnosticRenderer.Concise(errors[0]), errors.Count);
            var plan = PlanCompiler.Compile(packs.Result.Model!);
            var report = await engine.Do(room => room.Activate(plan), stop).ConfigureAwait(false);
            status.Succeeded(plan.Hash, report);
            LogInForce(plan.Hash, report.Kept.Count, report.Begun.Count, report.Dropped.Count);
            return true;
        }
        catch (InputException error)
        {
            return Refuse(inForce, error.Message, 1);
        }
    }

    private bool Refuse(string inForce, string error, int errors)
    {
        status.Failed(inForce, error, errors);
        LogRefused(inForce, errors, error);
        return false;
    }

    [LoggerMessage(LogLevel.Information, "packs in force: {PackHash}; measures kept {Kept}, begun {Begun}, dropped {Dropped}")]
    private partial void LogInForce(string packHash, int kept, int begun, int dropped);

    [LoggerMessage(LogLevel.Error, "packs not loaded, {PackHash} stays in force: {Errors} errors, first {Error}")]
    private partial void LogRefused(string packHash, int errors, string error);
}
