using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using PolicyEngine.Runtime;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Service.Engines;
using PolicyEngine.Service.Packs;

namespace PolicyEngine.Service.Api;

/// <summary>`GET /v1/status`: which packs are in force, how the last reload went, and what the engine has counted.</summary>
internal static class StatusEndpoint
{
    private static readonly StatusJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static async Task<IResult> Get(HttpContext context, EngineThread engine, ReloadStatus reloads, ServiceClock clock)
    {
        try
        {
            var status = await engine.Do(room => Snapshot(room, reloads, clock), context.RequestAborted).ConfigureAwait(false);
            return Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(status, Json.ServiceStatus), "application/json; charset=utf-8");
        }
        catch (EngineBusyException)
        {
            return Problems.Busy(context, 0);
        }
        catch (EngineStoppedException error)
        {
            return Problems.Stopped(error.Message);
        }
    }

    private static ServiceStatus Snapshot(EngineRoom room, ReloadStatus reloads, ServiceClock clock) => new()
    {
        PackHash = room.Plan.Hash,
        Packs = room.Plan.Packs,
        StartedAt = clock.StartedAt,
        Reloads = reloads.Reloads,
        LastReload = reloads.Last,
        Counters = room.Counters,
        Rules = room.RuleCounters,
        Measures = [.. room.Plan.Measures.Select(m => new MeasureStatus(m.Name, m.Declaration, StateOf(m, room, reloads.Last)))],
    };

    /// <summary>The engine knows how old a measure is; what a reload began warms up until its window has passed, then it is like any other.</summary>
    private static string StateOf(MeasurePlan measure, EngineRoom room, ReloadResult? last)
    {
        if (room.IsWarming(measure)) return "warming";
        if (last?.Measures is not { } report) return "since_start";
        return report.Begun.Contains(measure.Name) ? "complete" : "kept";
    }
}

/// <summary>When the service began, on the clock it was given.</summary>
internal sealed class ServiceClock(TimeProvider time)
{
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();
}

internal sealed record ServiceStatus
{
    public required string PackHash { get; init; }
    public required IReadOnlyList<PackPlan> Packs { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required long Reloads { get; init; }
    public required ReloadResult? LastReload { get; init; }
    public required EngineCounters Counters { get; init; }
    public required IReadOnlyList<RuleCounters> Rules { get; init; }
    public required IReadOnlyList<MeasureStatus> Measures { get; init; }
}

/// <summary>
/// <paramref name="State"/>: warming (younger than its window), complete (begun by the last reload, its window has passed
/// since), kept (through the last reload) or since_start.
/// </summary>
internal sealed record MeasureStatus(string Name, string Declaration, string State);

[JsonSerializable(typeof(ServiceStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
