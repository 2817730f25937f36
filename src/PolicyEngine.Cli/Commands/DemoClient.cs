using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using PolicyEngine.DryRun.Simulation;

namespace PolicyEngine.Cli.Commands;

/// <summary>Talks to the service of the demo through its HTTP door, as any other program would.</summary>
internal sealed class DemoClient(Uri address) : IDisposable
{
    private const int Chunk = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <param name="sent">Told after each request how many there were.</param>
    public async Task Send(Simulator simulator, Action<long> sent, CancellationToken stop)
    {
        var buffer = new ArrayBufferWriter<byte>();
        while (simulator.Write(buffer, Chunk) > 0)
        {
            using var body = new ReadOnlyMemoryContent(buffer.WrittenMemory);
            body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            using var answer = await _http.PostAsync(new Uri("v1/events", UriKind.Relative), body, stop).ConfigureAwait(false);
            answer.EnsureSuccessStatusCode();
            sent(simulator.Events);
            buffer.ResetWrittenCount();
        }
        await WaitUntilApplied(stop).ConfigureAwait(false);
    }

    /// <summary>Every decision, newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> Decisions(CancellationToken stop)
    {
        var decisions = new List<JsonElement>();
        var cursor = "";
        do
        {
            var page = await Get($"v1/decisions?limit=1000{cursor}", stop).ConfigureAwait(false);
            decisions.AddRange(page.GetProperty("decisions").EnumerateArray());
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);
        return decisions;
    }

    /// <summary>The newest events wait for earlier ones until the clock has gone on.</summary>
    private async Task WaitUntilApplied(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        while ((await Get("v1/status", limit.Token).ConfigureAwait(false)).GetProperty("counters").GetProperty("waiting").GetInt64() > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token).ConfigureAwait(false);
    }

    private async Task<JsonElement> Get(string path, CancellationToken stop)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), stop).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false));
        return document.RootElement.Clone();
    }

    public void Dispose() => _http.Dispose();
}
