using System.Text.Json;
using System.Text.Json.Serialization;

namespace PolicyEngine.Benchmarks.Peers;

/// <summary>The hand-written loop from where this engine begins: lines of JSON, read by System.Text.Json into an object each.</summary>
internal sealed class LoopFromLines(ReadOnlyMemory<byte> lines) : Peer
{
    private readonly Loop _loop = new();

    public override string Name => "System.Text.Json + C# loop";

    public override string Way => "JSON lines to counts";

    public override long[] Run(Exchange[] events)
    {
        var read = new Exchange[events.Length];
        var rest = lines.Span;
        for (var i = 0; i < read.Length; i++)
        {
            var end = rest.IndexOf((byte)'\n');
            read[i] = JsonSerializer.Deserialize(rest[..end], LineJson.Default.Line)!.ToExchange();
            rest = rest[(end + 1)..];
        }
        return _loop.Run(read);
    }

    internal sealed record Line(
        DateTimeOffset Time, string Account, string Country, string Model, string Task, double CotScore, int InputTokens, int OutputTokens,
        int ToolCalls, int Status)
    {
        /// <summary>The account's number stands behind its prefix `acc_`.</summary>
        public Exchange ToExchange() => new()
        {
            Time = Time.ToUnixTimeMilliseconds(), Account = Convert.ToInt32(Account[4..], 16), Country = Country, Model = Model, Task = Task,
            CotScore = CotScore, InputTokens = InputTokens, OutputTokens = OutputTokens, ToolCalls = ToolCalls, Status = Status,
        };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LoopFromLines.Line))]
internal sealed partial class LineJson : JsonSerializerContext;
