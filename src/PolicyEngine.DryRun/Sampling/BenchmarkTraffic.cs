using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace PolicyEngine.DryRun.Sampling;

/// <summary>
/// Fourteen days of invented traffic of an LLM platform, one event after the other, as many as are asked for: people, builders with a
/// steady volume, and a few accounts that ask for reasoning only. Times strictly increase. The same seed gives the same events; nothing
/// is kept but a byte an account, so the size has no limit.
/// </summary>
public sealed class BenchmarkTraffic
{
    private const long Start = 1_769_904_000_000;
    private const long Span = 14 * 86_400_000L;
    private const int LongestLine = 1024;

    private readonly byte[] _steps;
    private readonly long _gap;
    private readonly long _release;
    private ulong _state;
    private long _number;
    private long _time = Start;

    /// <param name="events">How many will be asked for: sets the pace, so that they fill the fourteen days.</param>
    public BenchmarkTraffic(long events, ulong seed)
    {
        Accounts = (int)Math.Clamp(events / 180, 50, 1 << 24);
        _steps = new byte[Accounts];
        _gap = Math.Max(1, Span / Math.Max(1, events));
        _release = events / 2;
        _state = seed;
    }

    public int Accounts { get; }

    public TrafficEvent Next()
    {
        _number++;
        _time += 1 + (long)(Draw() % (ulong)((2 * _gap) - 1));
        if (_number == _release) return new TrafficEvent { Number = _number, Kind = TrafficKind.ModelRelease, Time = _time, Model = 3 };
        var account = Account();
        var own = Mix((ulong)account);
        var step = _steps[account] < 4 ? _steps[account]++ : (byte)4;
        var kind = step == 4 && Draw() % 128 == 0 ? TrafficKind.Payment : (TrafficKind)step;
        var basis = new TrafficEvent
        {
            Number = _number, Kind = kind, Time = _time, Account = account, Country = (int)(own % 8),
            Address = 0x0A000000 | ((uint)(own % (ulong)Math.Max(8, Accounts / 2)) << 8 & 0xFFFFFF) | (uint)(Draw() % 4),
            Device = (int)(own / 7 % (ulong)Math.Max(4, Accounts / 3)), Card = (int)(own / 13 % (ulong)Accounts),
        };
        return kind == TrafficKind.Exchange ? Exchange(basis, own) : basis;
    }

    /// <summary>The event as a line of JSON with its line feed.</summary>
    public static void Write(in TrafficEvent e, IBufferWriter<byte> writer)
    {
        var line = writer.GetSpan(LongestLine);
        Utf8.TryWrite(line, CultureInfo.InvariantCulture,
            $"{{\"id\":\"e{e.Number:x10}\",\"type\":\"{Name(e.Kind)}\",\"time\":\"{Time(e.Time):yyyy-MM-ddTHH:mm:ss.fff}Z\"", out var head);
        var rest = line[head..];
        var written = 0;
        if (e.Kind == TrafficKind.ModelRelease)
            Utf8.TryWrite(rest, $",\"model\":\"{TrafficWords.Models[e.Model]}\"", out written);
        else
            written = Account(e, rest);
        line[head + written] = (byte)'}';
        line[head + written + 1] = (byte)'\n';
        writer.Advance(head + written + 2);
    }

    private static int Account(in TrafficEvent e, Span<byte> line)
    {
        Utf8.TryWrite(line, CultureInfo.InvariantCulture,
            $",\"account\":\"acc_{e.Account:x6}\",\"ip\":\"{e.Address >> 24}.{e.Address >> 16 & 255}.{e.Address >> 8 & 255}.{e.Address & 255}\",\"asn\":{64512 + e.Country},\"country\":\"{TrafficWords.Countries[e.Country]}\"",
            out var head);
        var rest = line[head..];
        var tail = 0;
        _ = e.Kind switch
        {
            TrafficKind.Signup => Utf8.TryWrite(rest, $",\"email_domain\":\"mail{e.Country}.example\",\"device\":\"dev_{e.Device:x5}\"", out tail),
            TrafficKind.Verification => Utf8.TryWrite(rest, $",\"method\":\"phone\",\"phone_kind\":\"{(e.Country == 7 ? "voip" : "mobile")}\",\"result\":\"ok\"", out tail),
            TrafficKind.Payment => Utf8.TryWrite(rest, $",\"card\":\"card_{e.Card:x6}\",\"amount\":20,\"currency\":\"USD\",\"result\":\"{(e.Number % 31 == 0 ? "declined" : "ok")}\"", out tail),
            TrafficKind.KeyCreated => Utf8.TryWrite(rest, $",\"api_key\":\"key_{e.Account:x6}\"", out tail),
            _ => Exchange(e, rest, out tail),
        };
        return head + tail;
    }

    private static bool Exchange(in TrafficEvent e, Span<byte> line, out int written) => Utf8.TryWrite(
        line, CultureInfo.InvariantCulture,
        $",\"api_key\":\"key_{e.Account:x6}\",\"surface\":\"api\",\"device\":\"dev_{e.Device:x5}\",\"model\":\"{TrafficWords.Models[e.Model]}\",\"task\":\"{TrafficWords.Tasks[e.Task]}\",\"cot_score\":{e.CotScore / 100}.{e.CotScore % 100:00},\"input_tokens\":{e.InputTokens},\"output_tokens\":{e.OutputTokens},\"tool_calls\":{e.ToolCalls},\"status\":{e.Status},\"prompt\":\"{TrafficWords.Verbs[e.Prompt % 12]} {TrafficWords.Subjects[e.Prompt / 12 % 10]} {e.Prompt} {TrafficWords.Endings[e.Prompt / 120 % 8]}.\"",
        out written);

    private static string Name(TrafficKind kind) => kind switch
    {
        TrafficKind.Signup => "signup",
        TrafficKind.Verification => "verification",
        TrafficKind.Payment => "payment",
        TrafficKind.KeyCreated => "key_created",
        TrafficKind.Exchange => "exchange",
        _ => "model_release",
    };

    private static DateTime Time(long milliseconds) => DateTime.UnixEpoch.AddMilliseconds(milliseconds);

    /// <summary>Half of the events come from one account in fifty, an eighth from harvesters.</summary>
    private int Account()
    {
        var builders = Accounts / 50;
        var harvesters = Math.Max(1, Accounts / 100);
        var among = Draw();
        return (among % 16) switch
        {
            < 8 => (int)(Draw() % (ulong)builders),
            < 10 => builders + (int)(Draw() % (ulong)harvesters),
            _ => (int)(Draw() % (ulong)Accounts),
        };
    }

    private TrafficEvent Exchange(in TrafficEvent basis, ulong own)
    {
        var builders = Accounts / 50;
        var isHarvester = basis.Account >= builders && basis.Account < builders + Math.Max(1, Accounts / 100);
        var draw = Draw();
        return basis with
        {
            Model = draw % 8 == 0 ? (int)(draw / 8 % 4) : (int)(own % 4),
            Task = isHarvester ? 0 : draw % 4 == 0 ? (int)(draw / 32 % 6) : (int)(own / 11 % 6),
            CotScore = (int)(isHarvester ? 65 + (draw / 64 % 35) : draw / 64 % 75),
            InputTokens = (int)(20 + (draw / 4096 % 3000)),
            OutputTokens = (int)(10 + (draw / 8192 % (isHarvester ? 4000ul : 1200ul))),
            ToolCalls = (int)(draw / 16384 % 3),
            Status = (draw / 65536 % 100) switch { < 97 => 200, < 99 => 429, _ => 500 },
            Prompt = (int)(draw / 1_048_576 % 100_000),
        };
    }

    /// <summary>SplitMix64: small, and the same everywhere.</summary>
    private ulong Draw() => Mix(_state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
