using PolicyEngine.Oracle.Log;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Oracle.Generation;

/// <summary>What a stream may hold beside well-ordered, well-formed events of one source.</summary>
public sealed record StreamTraits
{
    public bool Disorder { get; init; } = true;
    public bool Duplicates { get; init; } = true;
    public bool Malformed { get; init; } = true;
    public bool Ticks { get; init; } = true;
    public bool ListEdits { get; init; }
    public bool SeveralSources { get; init; } = true;
    public bool Immediate { get; init; }
    /// <summary>Far jumps are judged by the default skew instead of being believed.</summary>
    public bool FarFuture { get; init; }
}

/// <summary>
/// Writes random streams: few keys, equal times, steps that land on the edges of windows and one millisecond beside them, bursts and
/// long silences, absent and null fields, copies, late events.
/// </summary>
internal sealed class StreamGenerator(Draw draw, StreamTraits traits)
{
    private readonly int _accounts = draw.Of(3, 3, 6);
    private readonly int _cards = draw.Of(2, 3);
    private const long Start = 1_769_990_400_000;
    private static readonly long[] Steps =
    [
        0, 0, 1, 999, 1_000, 10_000, 29_999, 30_000, 59_999, 60_000, 60_000, 60_001, 299_999, 300_000, 300_001, 600_000, 1_799_999, 1_800_000,
        1_800_001, 3_599_999, 3_600_000, 3_600_001,
    ];

    public EventLog Write(int count)
    {
        var lateness = traits.Disorder ? draw.Of(0L, 0, 5_000, 60_000) : 0;
        var several = traits.SeveralSources && draw.Chance(20);
        var sources = new List<LogSource> { new("first", Lateness: lateness) };
        if (several) sources.Add(new LogSource("second", traits.Immediate && draw.Chance(30), draw.Of(0L, 5_000)));
        var times = Times(count);
        var lines = times.Select((t, i) => (Source: several ? draw.Below(2) : 0, Time: t, Json: Event(i, t))).ToList();
        if (traits.Disorder && draw.Chance(60)) lines = Shuffled(lines, lateness);
        var entries = new List<LogEntry>();
        foreach (var (source, time, json) in lines)
        {
            entries.Add(new EventEntry(source, json));
            if (traits.Duplicates && draw.Chance(4)) entries.Add(draw.Of(entries.OfType<EventEntry>().TakeLast(12).ToList()));
            if (traits.Ticks && draw.Chance(1)) entries.Add(new TickEntry(time - lateness + draw.Of(0, 1, 30_000)));
            if (several && draw.Chance(2)) entries.Add(new IdleEntry(draw.Below(2)));
            if (traits.ListEdits && draw.Chance(2)) entries.Add(Edit(time));
        }
        var limits = new LogLimits
        {
            Skew = traits.FarFuture ? 600_000 : 4_000L * 86_400_000, Until = draw.Chance(20) ? times[^1] + draw.Of(Steps) : null,
            MembersLookedAt = draw.Chance(25) ? draw.Of(1, 2) : new LogLimits().MembersLookedAt,
        };
        return new EventLog(sources, entries) { Limits = limits };
    }

    private List<long> Times(int count)
    {
        var times = new List<long>();
        var now = Start + draw.Of(0L, 1, 36_000_000, 86_399_999);
        var longest = draw.Between(6, Steps.Length);
        for (var i = 0; i < count; i++)
        {
            var roll = draw.Below(100);
            now += roll < 1 ? draw.Of(86_399_999L, 86_400_000, 90_000_000, 111_600_000) : roll < 30 ? 0 : Steps[draw.Below(longest)];
            times.Add(now);
        }
        return times;
    }

    /// <summary>Arrival moved by up to twice the lateness, so that most events are in time and some are late.</summary>
    private List<(int, long, string)> Shuffled(List<(int Source, long Time, string Json)> lines, long lateness) =>
        [.. lines.Select(l => (Line: l, Arrives: l.Time + (long)(draw.Bits() % (ulong)(lateness * (draw.Chance(10) ? 3 : 1) + 1))))
            .OrderBy(l => l.Arrives).Select(l => l.Line)];

    private ListEditEntry Edit(long time) =>
        new(draw.Of("words", "learned"), draw.Of("a", "A", "b/c", "zoë"), draw.Chance(60), draw.Chance(50) ? time + draw.Of(Steps) : null);

    private string Event(int number, long time)
    {
        var type = draw.Of("visit", "visit", "visit", "card.paid", "card.paid", "ping");
        if (traits.Malformed && draw.Chance(1)) type = "unheard";
        var members = new List<string> { $"\"id\":\"{Id(number)}\"", $"\"type\":\"{type}\"", $"\"time\":\"{Stamp(time)}\"" };
        Add(members, "account", type == "ping" ? 15 : traits.Malformed && draw.Chance(2) ? 100 : 0, $"\"a{draw.Below(_accounts)}\"");
        Add(members, "n", 25, draw.Of("0", "1", "2", "2", "3", "4", "3.0", "-1", traits.Malformed && draw.Chance(5) ? "1.5" : "1"));
        if (type is "visit" or "ping") Add(members, "path", 25, Text());
        if (type == "visit") AddVisit(members);
        if (type == "card.paid") AddPay(members);
        return "{" + string.Join(",", draw.Chance(30) ? members.OrderBy(_ => draw.Bits()) : members) + "}";
    }

    private void AddVisit(List<string> members)
    {
        Add(members, "ip", 30, draw.Of("\"10.0.0.1\"", "\"10.0.0.200\"", "\"10.0.1.1\"", "\"::ffff:10.0.0.1\"", "\"2001:db8::1\"", "\"192.0.2.7\""));
        Add(members, "amount", 40, Amount());
        Add(members, "ok", 40, draw.Of("true", "false"));
        Add(members, "tags", 60, draw.Of("[]", "[\"x\"]", "[\"x\",\"y\"]", "[\"y\",\"y\"]"));
    }

    private void AddPay(List<string> members)
    {
        Add(members, "card", 25, $"\"c{draw.Below(_cards)}\"");
        Add(members, "by", 50, $"\"a{draw.Below(3)}\"");
        members.Add($"\"sum\":{{\"amount\":{Amount()},\"currency\":\"eur\"}}");
    }

    /// <summary>A member, absent or null in so many of a hundred cases.</summary>
    private void Add(List<string> members, string name, int missing, string value)
    {
        if (!draw.Chance(missing)) members.Add($"\"{name}\":{value}");
        else if (draw.Chance(40)) members.Add($"\"{name}\":null");
    }

    private string Text() => draw.Of("\"\"", "\"a\"", "\"A\"", "\"b/c\"", "\"B/C\"", "\"zoë\"", "\"ZOË\"", "\"x\\u0061\"", "\"a b\"");

    private string Amount() => draw.Of("0", "0.1", "0.2", "0.3", "1", "1.5", "1", "2.25", "-3", "1e-10", "1000000.001", "0.30000000000000004", "7");

    private string Id(int number) => draw.Chance(10) ? $"é{number}" : $"e{number:000}";

    private string Stamp(long time)
    {
        var text = TimestampFormat.ToText(time);
        return draw.Below(12) switch
        {
            0 => text[..^1] + draw.Of("1", "5", "25") + "Z",
            1 => text[..^1] + "+00:00",
            _ => text,
        };
    }
}
