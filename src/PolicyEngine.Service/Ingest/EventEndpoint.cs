using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PolicyEngine.Service.Api;
using PolicyEngine.Service.Engines;

namespace PolicyEngine.Service.Ingest;

/// <summary>
/// `POST /v1/events`: lines of JSON, or one JSON array. Every event is answered: accepted, or refused with its place and the reason.
/// Lines are taken while the body arrives, so a body may be of any length up to the limit.
/// </summary>
internal sealed class EventEndpoint(EngineThread engine, IOptions<ServiceSettings> options)
{
    private readonly ServiceSettings _settings = options.Value;

    public async Task<IResult> Post(HttpContext context)
    {
        var answer = new EventAnswer(_settings.NamedRejections);
        try
        {
            var body = new PeekedBody(context.Request.Body);
            if (ArrayLines.IsArray(await body.LookAhead(context.RequestAborted).ConfigureAwait(false)))
                await TakeArray(context, body, answer).ConfigureAwait(false);
            else
                await TakeLines(context, body, answer).ConfigureAwait(false);
            return Results.Bytes(answer.ToJson(), "application/json; charset=utf-8");
        }
        catch (JsonException error)
        {
            return Problems.BadRequest($"the body is no JSON array: {error.Message}");
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problems.TooLarge($"a body may have {_settings.BodyBytes} bytes; {answer.Accepted} events were taken before that");
        }
        catch (EngineBusyException)
        {
            return Problems.Busy(context, answer.Accepted);
        }
        catch (EngineStoppedException error)
        {
            return Problems.Stopped(error.Message);
        }
    }

    private async Task TakeLines(HttpContext context, Stream body, EventAnswer answer)
    {
        var reader = new LineReader(body, _settings.LineBytes);
        while (await reader.NextAsync(context.RequestAborted).ConfigureAwait(false) is { } chunk)
        {
            using (chunk) await Take(context, chunk, answer).ConfigureAwait(false);
        }
        foreach (var line in reader.TooLong) answer.Refuse(line, "too_long", $"an event may have {_settings.LineBytes} bytes");
    }

    private async Task TakeArray(HttpContext context, Stream body, EventAnswer answer)
    {
        using var array = new MemoryStream();
        var piece = new byte[64 * 1024];
        while (await body.ReadAsync(piece, context.RequestAborted).ConfigureAwait(false) is > 0 and var read)
        {
            if (array.Length + read > _settings.ArrayBytes)
                throw new BadHttpRequestException("the array is too large; send lines instead", StatusCodes.Status413PayloadTooLarge);
            array.Write(piece, 0, read);
        }
        using var chunk = ArrayLines.Cut(array.GetBuffer().AsSpan(0, (int)array.Length));
        await Take(context, chunk, answer).ConfigureAwait(false);
    }

    private async Task Take(HttpContext context, LineChunk chunk, EventAnswer answer)
    {
        if (chunk.Lines.Length == 0) return;
        // Once in the queue the lines will be read by the engine, whether or not the sender is still there: the buffer must live as long.
        var taken = await engine.Do(room => room.Append(chunk.Lines), CancellationToken.None).ConfigureAwait(false);
        answer.Accept(taken.Accepted);
        foreach (var rejection in taken.Rejections) answer.Refuse(chunk.FirstLine + rejection.Line - 1, rejection.Reason, rejection.Detail);
        context.RequestAborted.ThrowIfCancellationRequested();
    }
}
