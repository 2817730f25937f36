using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Binding;

/// <summary>A part of the key in hand: its name as written and its type.</summary>
internal sealed record HandKey(string Name, PolicyType Type);

/// <summary>A step of a sequence that has come: its place among all steps, its name by `as`, and what it is.</summary>
internal sealed record HandStep(int Index, string? As, IReadOnlyList<EventSource> Sources);

/// <summary>What an expression speaks about: an event of one of several kinds, a key, or nothing.</summary>
internal sealed class Hand
{
    public static readonly Hand Nothing = new();

    /// <summary>Stands for what did not bind: unknown names are not reported again.</summary>
    public static readonly Hand Unknown = new() { IsUnknown = true };

    public bool IsUnknown { get; private init; }

    public IReadOnlyList<EventSymbol> Events { get; private init; } = [];

    public IReadOnlyList<HandKey> Keys { get; private init; } = [];

    /// <summary>The step whose event is in hand, and those before it.</summary>
    public HandStep? Own { get; private init; }

    public IReadOnlyList<HandStep> Before { get; private init; } = [];

    /// <summary>After the deadline of an absence: the step whose fields were kept and are read by their bare names.</summary>
    public HandStep? Kept { get; private init; }

    /// <summary>One member after the other is looked at, and nothing else.</summary>
    public EntitySymbol? Member { get; private init; }

    public bool IsNothing => !IsUnknown && Events.Count == 0 && Keys.Count == 0 && Member is null;

    public static Hand OfEvents(IEnumerable<EventSource> sources) => new() { Events = Underlying(sources) };

    public static Hand OfKeys(IReadOnlyList<HandKey> keys) => new() { Keys = keys };

    public static Hand OfMember(EntitySymbol entity) => new() { Member = entity };

    /// <summary>The event of <paramref name="own"/>, with those of the steps before it.</summary>
    public static Hand OfStep(HandStep own, IReadOnlyList<HandStep> before) => new() { Events = Underlying(own.Sources), Own = own, Before = before };

    /// <summary>The key of an absence, and the event that nothing followed.</summary>
    public static Hand OfAbsence(HandStep kept, IReadOnlyList<HandKey> keys) => new() { Keys = keys, Kept = kept, Before = [kept] };

    private static IReadOnlyList<EventSymbol> Underlying(IEnumerable<EventSource> sources) => [.. sources.SelectMany(s => s.Underlying).Distinct()];
}
