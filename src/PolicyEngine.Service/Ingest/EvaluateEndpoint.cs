using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Service.Api;
using PolicyEngine.Service.Engines;

namespace PolicyEngine.Service.Ingest;

/// <summary>`POST /v1/evaluate`: one event, judged at once; the answer holds the decisions that stand on it.</summary>
internal sealed class EvaluateEndpoint(EngineThread engine, IOptions<ServiceSettings> options)
{
    private readonly ServiceSettings _settings = options.Value;

    public async Task<IResult> Post(HttpContext context)
    {
        try
        {
            var line = await ReadEvent(context).ConfigureAwait(false);
            if (line is null) return Problems.TooLarge($"an event may have {_settings.LineBytes} bytes");
            var (taken, decisions) = await engine
                .Do(room => room.Evaluate(line, EventId(room.Plan, line)), context.RequestAborted).ConfigureAwait(false);
            return taken.Rejections is [var rejection, ..]
                ? Problems.Of(StatusCodes.Status422UnprocessableEntity, rejection.Reason, "The event is refused", rejection.Detail)
                : taken.Accepted == 0 ? Problems.BadRequest("the body holds no event")
                : Results.Bytes(Answer(decisions), "application/json; charset=utf-8");
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

    /// <summary>The body as one line: between the parts of an object line ends are white space.</summary>
    private async Task<byte[]?> ReadEvent(HttpContext context)
    {
        using var body = new MemoryStream();
        var piece = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(piece, context.RequestAborted).ConfigureAwait(false) is > 0 and var read)
        {
            if (body.Length + read > _settings.LineBytes) return null;
            body.Write(piece, 0, read);
        }
        body.WriteByte((byte)'\n');
        var line = body.ToArray();
        line.AsSpan(0, line.Length - 1).Replace((byte)'\n', (byte)' ');
        return line;
    }

    private static byte[] EventId(Plan plan, byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var type = root.TryGetProperty("type", out var named) ? named.GetString() : null;
            IReadOnlyList<string> path = plan.EventTypes.FirstOrDefault(t => t.OutsideName == type)?.IdPath ?? ["id"];
            foreach (var name in path)
                if (!root.TryGetProperty(name, out root)) return [];
            return System.Text.Encoding.UTF8.GetBytes(root.GetString() ?? "");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The engine refuses the event and says why.
            return [];
        }
    }

    private static byte[] Answer(IReadOnlyList<byte[]> decisions)
    {
        using var stream = new MemoryStream();
        stream.Write("{\"decisions\":["u8);
        for (var i = 0; i < decisions.Count; i++)
        {
            if (i > 0) stream.WriteByte((byte)',');
            stream.Write(decisions[i]);
        }
        stream.Write("]}"u8);
        return stream.ToArray();
    }
}
