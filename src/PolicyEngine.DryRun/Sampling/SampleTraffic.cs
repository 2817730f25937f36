using System.Globalization;
using System.Text;

namespace PolicyEngine.DryRun.Sampling;

/// <summary>
/// Two days of invented traffic of an LLM platform, in order of time: mostly people, and a few accounts for each rule of the starter
/// pack. The same seed gives the same bytes.
/// </summary>
public static class SampleTraffic
{
    private const long Day = 86_400_000;
    private const long Hour = 3_600_000;
    private const long Minute = 60_000;
    /// <summary>2026-02-01T00:00Z</summary>
    private const long Start = 1_769_904_000_000;

    /// <param name="people">Accounts that do nothing wrong.</param>
    /// <returns>Lines of JSON, each with its line feed.</returns>
    public static IReadOnlyList<byte[]> Lines(int people, int seed)
    {
        var events = new List<SampleEvent>();
        var random = new Random(seed);
        for (var i = 0; i < people; i++) Person(events, random, $"acc_{i:x4}");
        Harvester(events, random, "acc_h001");
        Machine(events, "acc_m001");
        CardTester(events, "acc_c001");
        ThrowawayAccounts(events, random, 12);
        SharedKey(events, random, "acc_k001");
        Knocker(events, "acc_r001");
        CardOfMany(events, random, 30);
        return [.. events.OrderBy(e => e.Time).ThenBy(e => e.Account, StringComparer.Ordinal).Select((e, i) => Line(e, i + 1))];
    }

    private static void Person(List<SampleEvent> events, Random random, string account)
    {
        var begins = Start + random.NextInt64(Day);
        var ip = Address(random);
        events.Add(new SampleEvent(begins, account, "signup", ip, $"\"email_domain\":\"gmail.com\",\"device\":\"dev_{account}\""));
        events.Add(new SampleEvent(begins + Minute, account, "verification", ip, "\"method\":\"phone\",\"phone_kind\":\"mobile\",\"result\":\"ok\""));
        string[] tasks = ["writing", "coding", "search", "translation"];
        for (var time = begins + 5 * Minute; time < Start + 2 * Day; time += (long)(-Math.Log(1 - random.NextDouble()) * 45 * Minute))
            events.Add(Exchange(time, account, ip, tasks[random.Next(tasks.Length)], random.NextDouble() * 0.6));
    }

    /// <summary>Asks for reasoning day and night, behind an internet telephone number.</summary>
    private static void Harvester(List<SampleEvent> events, Random random, string account)
    {
        var ip = Address(random);
        events.Add(new SampleEvent(Start + Hour, account, "signup", ip, "\"email_domain\":\"proton.me\""));
        events.Add(new SampleEvent(Start + Hour + Minute, account, "verification", ip, "\"method\":\"phone\",\"phone_kind\":\"voip\",\"result\":\"ok\""));
        for (var i = 0; i < 700; i++)
            events.Add(Exchange(Start + 2 * Hour + i * 3 * Minute + random.Next(20_000), account, ip, "reasoning", 0.8 + random.NextDouble() * 0.2));
    }

    /// <summary>One request every four seconds for an hour.</summary>
    private static void Machine(List<SampleEvent> events, string account)
    {
        for (var i = 0; i < 900; i++) events.Add(Exchange(Start + 30 * Hour + i * 4000L, account, "198.51.100.7", "coding", 0.1));
    }

    private static void CardTester(List<SampleEvent> events, string account)
    {
        for (var i = 0; i < 5; i++)
            events.Add(new SampleEvent(
                Start + 20 * Hour + i * 2 * Minute, account, "payment", "198.51.100.9",
                $"\"card\":\"card_t{i}\",\"amount\":1.0,\"currency\":\"EUR\",\"result\":\"{(i < 4 ? "declined" : "ok")}\""));
    }

    private static void ThrowawayAccounts(List<SampleEvent> events, Random random, int accounts)
    {
        for (var i = 0; i < accounts; i++)
            events.Add(new SampleEvent(Start + 8 * Hour + i * 7 * Minute, $"acc_t{i:000}", "signup", Address(random), "\"email_domain\":\"mailinator.com\""));
    }

    private static void SharedKey(List<SampleEvent> events, Random random, string account)
    {
        for (var i = 0; i < 60; i++)
            events.Add(Exchange(Start + 26 * Hour + i * Minute / 2, account, Address(random), "writing", 0.2) with { Key = "key_shared" });
    }

    private static void Knocker(List<SampleEvent> events, string account)
    {
        for (var i = 0; i < 90; i++) events.Add(Exchange(Start + 33 * Hour + i * 20_000L, account, "198.51.100.23", "search", 0.1) with { Status = 429 });
    }

    private static void CardOfMany(List<SampleEvent> events, Random random, int accounts)
    {
        for (var i = 0; i < accounts; i++)
            events.Add(new SampleEvent(
                Start + 12 * Hour + i * 11 * Minute, $"acc_p{i:000}", "payment", Address(random),
                "\"card\":\"card_many\",\"amount\":20.0,\"currency\":\"EUR\",\"result\":\"ok\""));
    }

    private static SampleEvent Exchange(long time, string account, string ip, string task, double reasoning) => new(
        time, account, "exchange", ip,
        string.Create(CultureInfo.InvariantCulture, $"\"model\":\"large-2\",\"task\":\"{task}\",\"cot_score\":{reasoning:0.000},\"input_tokens\":180,\"output_tokens\":600"));

    private static string Address(Random random) => $"203.0.{random.Next(256)}.{random.Next(1, 255)}";

    private static byte[] Line(SampleEvent sample, int number)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(sample.Time).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var exchange = sample.Type == "exchange" ? $",\"api_key\":\"{sample.Key ?? "key_" + sample.Account}\",\"status\":{sample.Status}" : "";
        return Encoding.UTF8.GetBytes(
            $"{{\"id\":\"e{number:00000000}\",\"type\":\"{sample.Type}\",\"time\":\"{time}\",\"account\":\"{sample.Account}\",\"ip\":\"{sample.Address}\",{sample.Rest}{exchange}}}\n");
    }

    private sealed record SampleEvent(long Time, string Account, string Type, string Address, string Rest)
    {
        public string? Key { get; init; }
        public int Status { get; init; } = 200;
    }
}
