using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace PolicyEngine.Service.Api;

/// <summary>Errors as RFC 9457 problems, with a word that programs can rely on in `code`.</summary>
internal static class Problems
{
    public static IResult Of(int status, string code, string title, string? detail = null) => Results.Problem(
        detail, statusCode: status, title: title, type: "about:blank", extensions: new Dictionary<string, object?> { ["code"] = code });

    /// <summary>Gives problems that the framework made (no such path, wrong method, a fault of ours) their word too.</summary>
    public static void AddCode(ProblemDetails problem) => problem.Extensions.TryAdd("code", problem.Status switch
    {
        StatusCodes.Status404NotFound => "not_found",
        StatusCodes.Status405MethodNotAllowed => "wrong_method",
        StatusCodes.Status500InternalServerError => "fault",
        var status => $"http_{status}",
    });

    public static IResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, "not_found", "There is no such thing", detail);

    public static IResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, "bad_request", "The request cannot be read", detail);

    public static IResult TooLarge(string detail) => Of(StatusCodes.Status413PayloadTooLarge, "too_large", "The body is too large", detail);

    /// <summary>The sender may come again; events taken before count as duplicates then.</summary>
    public static IResult Busy(HttpContext context, long taken)
    {
        context.Response.Headers.RetryAfter = "1";
        return Of(
            StatusCodes.Status503ServiceUnavailable, "busy", "Try again later",
            $"more work is waiting than the engine can take now; {taken} events of this request were taken");
    }

    public static IResult Stopped(string detail) => Of(StatusCodes.Status503ServiceUnavailable, "stopped", "The engine takes no events", detail);
}
