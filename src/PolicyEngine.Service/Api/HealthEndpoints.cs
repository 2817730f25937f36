using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using PolicyEngine.Service.Engines;

namespace PolicyEngine.Service.Api;

/// <summary>
/// `/healthz/live`: the process is worth keeping. `/healthz/startup`: packs are loaded and the engine runs. `/healthz/ready`: events may
/// be sent; false first when the service is asked to end.
/// </summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", (EngineThread engine) => Answer(engine.Failure is null, "the engine has stopped"));
        routes.MapGet("/healthz/startup", (IHostApplicationLifetime life) => Answer(life.ApplicationStarted.IsCancellationRequested, "starting"));
        routes.MapGet("/healthz/ready", (EngineThread engine, DecisionStore store, IHostApplicationLifetime life) => Answer(
            engine.IsRunning && store.Ledger.Failure is null && !life.ApplicationStopping.IsCancellationRequested,
            store.Ledger.Failure?.Message ?? engine.Failure?.Message ?? "stopping"));
    }

    private static IResult Answer(bool well, string reason) => well ? Results.Text("ok") : Problems.Stopped(reason);
}
