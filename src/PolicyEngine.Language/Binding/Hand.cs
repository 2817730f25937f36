using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Binding;

/// <summary>A part of the key in hand: its name as written and its type.</summary>
internal sealed record HandKey(string Name, PolicyType Type);

/// <summary>What an expression speaks about: an event of one of several kinds, a key, or nothing.</summary>
internal sealed class Hand
{
    public static readonly Hand Nothing = new();

    /// <summary>Stands for what did not bind: unknown names are not reported again.</summary>
    public static readonly Hand Unknown = new() { IsUnknown = true };

    public bool IsUnknown { get; private init; }

    public IReadOnlyList<EventSymbol> Events { get; private init; } = [];

    public IReadOnlyList<HandKey> Keys { get; private init; } = [];

    public bool IsNothing => !IsUnknown && Events.Count == 0 && Keys.Count == 0;

    public static Hand OfEvents(IEnumerable<EventSource> sources) => new() { Events = [.. sources.SelectMany(s => s.Underlying).Distinct()] };

    public static Hand OfKeys(IReadOnlyList<HandKey> keys) => new() { Keys = keys };
}
