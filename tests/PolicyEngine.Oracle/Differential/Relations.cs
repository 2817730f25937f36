using System.Text.RegularExpressions;
using PolicyEngine.Oracle.Generation;
using PolicyEngine.Oracle.Log;

namespace PolicyEngine.Oracle.Differential;

/// <summary>
/// Changes of the input that must not change the decisions (N2). Each takes a seed, runs the engine on a case and on the changed case,
/// and gives the first difference in words, or null.
/// </summary>
public static partial class Relations
{
    private const int NoFault = -1;
    private static readonly StreamTraits InOrder = new() { Disorder = false, Duplicates = false, Ticks = false, SeveralSources = false };
    private static readonly EngineSettings Default = new();

    public static IReadOnlyDictionary<string, Func<IEngineUnderTest, long, string?>> All { get; } =
        new Dictionary<string, Func<IEngineUnderTest, long, string?>>
        {
            ["batch of 1"] = (engine, seed) => SameBytes(engine, seed, Default with { Batch = 1 }),
            ["batch of 7"] = (engine, seed) => SameBytes(engine, seed, Default with { Batch = 7 }),
            ["two threads"] = (engine, seed) => SameBytes(engine, seed, Default with { Threads = 2 }),
            ["two threads, batch of 7"] = (engine, seed) => SameBytes(engine, seed, new EngineSettings(7, 2)),
            ["screen off"] = (engine, seed) => SameBytes(engine, seed, Default with { Screen = false }),
            ["reload of the same packs"] = (engine, seed) => SameBytes(engine, seed, Default with { ReloadAfter = 5 + (int)(seed % 20) }),
            ["shuffled within the lateness"] = ShuffledWithinLateness,
            ["duplicates added"] = DuplicatesAdded,
            ["unrelated accounts added"] = UnrelatedAccounts,
            ["split in two sources"] = SplitInTwoSources,
            ["prefix"] = Prefix,
            ["pack split in two"] = PackSplit,
            ["measures renamed"] = MeasuresRenamed,
        };

    private static string? SameBytes(IEngineUnderTest engine, long seed, EngineSettings changed)
    {
        var input = Case(seed, new StreamTraits());
        return Differ(engine.Run(input, Default).Decisions, engine.Run(input, changed).Decisions);
    }

    private static string? ShuffledWithinLateness(IEngineUnderTest engine, long seed)
    {
        const long lateness = 60_000;
        var input = WithSources(Case(seed, InOrder), [new LogSource("first", Lateness: lateness)]);
        var draw = new Draw(~seed);
        var shuffled = input.Log.Entries.OfType<EventEntry>().Select(e => (Entry: e, Arrives: TimeOf(e) + (long)(draw.Bits() % (lateness + 1))))
            .OrderBy(e => e.Arrives).Select(LogEntry (e) => e.Entry);
        return SameDecisions(engine, input, With(input, shuffled));
    }

    private static string? DuplicatesAdded(IEngineUnderTest engine, long seed)
    {
        var input = Case(seed, InOrder);
        var draw = new Draw(~seed);
        var doubled = new List<LogEntry>();
        foreach (var entry in input.Log.Entries)
        {
            doubled.Add(entry);
            if (draw.Chance(25)) doubled.Add(doubled[Math.Max(0, doubled.Count - 1 - draw.Below(6))]);
        }
        // What was refused once is refused again, and counts as no copy; it changes nothing either.
        return SameDecisions(engine, input, With(input, doubled));
    }

    private static string? UnrelatedAccounts(IEngineUnderTest engine, long seed)
    {
        var input = Case(seed, InOrder with { Malformed = false }, new PolicyTraits { AccountsApart = true });
        var draw = new Draw(~seed);
        var mixed = new List<LogEntry>();
        foreach (var entry in input.Log.Entries.OfType<EventEntry>())
        {
            mixed.Add(entry);
            if (draw.Chance(30)) mixed.Add(entry with { Json = Stranger(entry.Json, mixed.Count) });
        }
        var without = engine.Run(input, Default).Decisions;
        var with = engine.Run(With(input, mixed), Default).Decisions.Where(d => !IsOfStranger(d)).ToList();
        return Differ(without, with);
    }

    /// <summary>The same event under another id, by accounts nobody else has.</summary>
    private static string Stranger(string json, int number) =>
        AccountMember().Replace(IdMember().Replace(json, $"\"id\":\"z{number}\""), "\"${name}\":\"z${digit}\"");

    private static bool IsOfStranger(string decision)
    {
        var fields = DecisionFields.Of(decision);
        return fields["key.id"].StartsWith('z') || fields.GetValueOrDefault("event", "").StartsWith('z');
    }

    private static string? SplitInTwoSources(IEngineUnderTest engine, long seed)
    {
        var input = Case(seed, InOrder with { Malformed = false });
        var draw = new Draw(~seed);
        var parts = input.Log.Entries.OfType<EventEntry>().Select(e => e with { Source = draw.Below(2) }).ToList();
        var apart = draw.Chance(50) ? parts.OrderBy(e => e.Source) : (IEnumerable<LogEntry>)parts;
        return SameDecisions(engine, input, WithSources(With(input, apart), [new LogSource("first"), new LogSource("second")]));
    }

    private static string? Prefix(IEngineUnderTest engine, long seed)
    {
        var input = Case(seed, InOrder);
        input = input with { Log = input.Log with { Limits = input.Log.Limits with { Until = null } } };
        var all = engine.Run(input, Default).Decisions;
        var length = (int)(seed % input.Log.Entries.Count);
        // Of events at one time the ids give the order, not the lines: no cut between them makes a prefix.
        while (length > 0 && input.Log.Entries[length - 1] is EventEntry before && input.Log.Entries[length] is EventEntry next
            && TimeOf(before) == TimeOf(next)) length--;
        var some = engine.Run(With(input, input.Log.Entries.Take(length)), Default).Decisions;
        return some.Count > all.Count ? $"{some.Count} decisions on a prefix, {all.Count} on the whole" : Differ(all.Take(some.Count).ToList(), some);
    }

    private static string? PackSplit(IEngineUnderTest engine, long seed)
    {
        var (draft, _, log, _) = DifferentialRun.Generate(seed, InOrder, new PolicyTraits { Sampling = false });
        var whole = EngineInput.Of(draft.Text, log);
        var files = new Dictionary<string, string>
        {
            ["head.policy"] = draft.Head,
            ["rules.policy"] = "pack rules\n  stage enforce\nuse generated\n" + string.Concat(draft.Declarations.Select(d => d + "\n")),
        };
        return SameFields(engine.Run(whole, Default), engine.Run(new EngineInput(files, log), Default), text => text, "pack");
    }

    private static string? MeasuresRenamed(IEngineUnderTest engine, long seed)
    {
        var input = Case(seed, InOrder);
        var renamed = input with { Files = input.Files.ToDictionary(f => f.Key, f => MeasureName().Replace(f.Value, "q$1")) };
        return SameFields(engine.Run(input, Default), engine.Run(renamed, Default), text => MeasureName().Replace(text, "q$1"), ignored: null);
    }

    private static EngineInput Case(long seed, StreamTraits traits, PolicyTraits? policies = null)
    {
        var (draft, _, log, _) = DifferentialRun.Generate(seed, traits, policies);
        return EngineInput.Of(draft.Text, log);
    }

    private static EngineInput With(EngineInput input, IEnumerable<LogEntry> entries) => input with { Log = input.Log with { Entries = [.. entries] } };

    private static EngineInput WithSources(EngineInput input, IReadOnlyList<LogSource> sources) => input with { Log = input.Log with { Sources = sources } };

    private static long TimeOf(EventEntry entry)
    {
        var at = entry.Json.IndexOf("\"time\":\"", StringComparison.Ordinal) + 8;
        return EventReader.ParseTime(entry.Json[at..entry.Json.IndexOf('"', at)])!.Value.Time;
    }

    private static string? SameDecisions(IEngineUnderTest engine, EngineInput input, EngineInput changed) =>
        Differ(engine.Run(input, Default).Decisions, engine.Run(changed, Default).Decisions);

    private static string? Differ(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var at = Enumerable.Range(0, Math.Max(before.Count, after.Count))
            .FirstOrDefault(i => before.ElementAtOrDefault(i) != after.ElementAtOrDefault(i), NoFault);
        return at == NoFault ? null : $"decision {at + 1}\n  before: {before.ElementAtOrDefault(at)}\n  after:  {after.ElementAtOrDefault(at)}";
    }

    private static string? SameFields(EngineOutput before, EngineOutput after, Func<string, string> translate, string? ignored)
    {
        List<string> Lines(EngineOutput output, Func<string, string> change) => [.. output.Decisions.Select(d => string.Join(
            " ", DecisionFields.Of(d).Where(f => f.Key != ignored).Select(f => $"{change(f.Key)}={change(f.Value)}")
                .Order(StringComparer.Ordinal)))];
        return Differ(Lines(before, translate), Lines(after, text => text));
    }

    [GeneratedRegex(@"""id"":""[^""]*""")]
    private static partial Regex IdMember();

    [GeneratedRegex(@"""(?<name>account|by)"":""a(?<digit>\d)""")]
    private static partial Regex AccountMember();

    [GeneratedRegex(@"\bm(\d+)\b")]
    private static partial Regex MeasureName();
}
