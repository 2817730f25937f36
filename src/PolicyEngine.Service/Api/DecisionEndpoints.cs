using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolicyEngine.Service.Engines;
using PolicyEngine.Storage.Ledger;

namespace PolicyEngine.Service.Api;

/// <summary>`GET /v1/decisions`, newest first and page by page, and `GET /v1/decisions/{id}`.</summary>
internal static class DecisionEndpoints
{
    private const int LargestPage = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/decisions", (HttpContext context, DecisionStore store) => List(context, store));
        routes.MapGet("/v1/decisions/{id}", (HttpContext context, DecisionStore store, string id) => Show(context, store, id));
    }

    private static async Task<IResult> List(HttpContext context, DecisionStore store)
    {
        if (!TryFilter(context.Request.Query, out var filter, out var wrong)) return Problems.BadRequest(wrong);
        var found = store.Read(archive => archive.List(filter));
        context.Response.ContentType = "application/json; charset=utf-8";
        var body = context.Response.BodyWriter;
        Write(body, "{\"decisions\":["u8);
        for (var i = 0; i < found.Count; i++)
        {
            if (i > 0) Write(body, ","u8);
            Write(body, found[i].Record);
        }
        var next = found.Count == filter.Limit ? $"\"{Cursor.Write(found[^1].Time, found[^1].Position)}\"" : "null";
        Write(body, System.Text.Encoding.ASCII.GetBytes($"],\"next\":{next}}}"));
        await body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        return Results.Empty;
    }

    private static IResult Show(HttpContext context, DecisionStore store, string id) =>
        store.Read(archive => archive.Get(id)) is { } decision
            ? Results.Bytes(decision.Record, "application/json; charset=utf-8")
            : Problems.NotFound($"no decision has the id {id}");

    private static bool TryFilter(IQueryCollection query, out DecisionFilter filter, out string wrong)
    {
        filter = new DecisionFilter
        {
            Rule = query["rule"].FirstOrDefault(),
            Key = query["key"].FirstOrDefault(),
            Stage = query["stage"].FirstOrDefault(),
        };
        wrong = "";
        if (query["limit"].FirstOrDefault() is { } limit)
        {
            if (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > LargestPage)
                return Wrong($"limit is a number from 1 to {LargestPage}", out wrong);
            filter = filter with { Limit = number };
        }
        if (query["since"].FirstOrDefault() is { } since)
        {
            if (!TryTime(since, out var time)) return Wrong("since is a time like 2026-02-03T09:00:00Z", out wrong);
            filter = filter with { Since = time };
        }
        if (query["until"].FirstOrDefault() is { } until)
        {
            if (!TryTime(until, out var time)) return Wrong("until is a time like 2026-02-03T09:00:00Z", out wrong);
            filter = filter with { Until = time };
        }
        if (query["cursor"].FirstOrDefault() is not { } cursor) return true;
        if (Cursor.Read(cursor) is not { } after) return Wrong("cursor is what an earlier answer gave as next", out wrong);
        filter = filter with { After = after };
        return true;
    }

    private static bool Wrong(string reason, out string wrong)
    {
        wrong = reason;
        return false;
    }

    private static bool TryTime(string text, out long milliseconds)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var known = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var moment);
        milliseconds = known ? moment.ToUnixTimeMilliseconds() : 0;
        return known;
    }

    private static void Write(System.IO.Pipelines.PipeWriter body, ReadOnlySpan<byte> bytes) => System.Buffers.BuffersExtensions.Write(body, bytes);
}
