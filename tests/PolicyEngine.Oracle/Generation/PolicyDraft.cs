namespace PolicyEngine.Oracle.Generation;

/// <summary>What a value can be compared with.</summary>
internal enum Shape { Integer, Number, Share, Duration, Rate, Text, Boolean, Ip, Cidr, Account, Card, Tags }

/// <summary>A field by name, its shape and whether it may be missing.</summary>
internal sealed record DraftField(string Name, Shape Shape, bool Optional);

/// <summary>Something to be `on` or to count: an event, a named event or a rule. Level: the lowest level of rules that may use it.</summary>
internal sealed record DraftSource(string Name, IReadOnlyList<DraftField> Fields, int Level)
{
    /// <summary>The declared events behind it; `each` on a response upon an event needs exactly one.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];
}

internal sealed record DraftMeasure(string Name, Shape Shape, IReadOnlyList<string> Keys, int Level);

/// <summary>A label, score or list that rules up to <paramref name="Written"/> write, so that only higher ones may read it.</summary>
internal sealed record DraftState(string Name, string Kind, int Written);

/// <summary>A policy as a head that always stays and declarations that may be taken out one by one while shrinking.</summary>
public sealed record PolicyDraft(string Head, IReadOnlyList<string> Declarations)
{
    public string Text => Head + string.Concat(Declarations.Select(d => d + "\n"));

    public PolicyDraft Without(int declaration) => this with { Declarations = [.. Declarations.Where((_, i) => i != declaration)] };
}
