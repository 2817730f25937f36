using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Model;

/// <summary>
/// The bound model: everything that a set of packs declares, with nothing unresolved. Symbols are created first and get their
/// bodies while binding; after binding they never change.
/// </summary>
public sealed class PolicyModel
{
    /// <summary>Packs in byte order of their names.</summary>
    public required IReadOnlyList<PackSymbol> Packs { get; init; }

    public IEnumerable<EntitySymbol> Entities => Packs.SelectMany(p => p.Entities);

    public IEnumerable<EventSymbol> Events => Packs.SelectMany(p => p.Events);

    public IEnumerable<NamedEventSymbol> NamedEvents => Packs.SelectMany(p => p.NamedEvents);

    public IEnumerable<LabelSymbol> Labels => Packs.SelectMany(p => p.Labels);

    public IEnumerable<ListSymbol> Lists => Packs.SelectMany(p => p.Lists);

    public IEnumerable<ScoreSymbol> Scores => Packs.SelectMany(p => p.Scores);

    public IEnumerable<MeasureSymbol> Measures => Packs.SelectMany(p => p.Measures);

    public IEnumerable<LinkSymbol> Links => Packs.SelectMany(p => p.Links);

    public IEnumerable<RuleSymbol> Rules => Packs.SelectMany(p => p.Rules);

    public IEnumerable<TestSymbol> Tests => Packs.SelectMany(p => p.Tests);

    /// <summary>The one `responses` block of the packs loaded together, strongest first; empty when no pack has one.</summary>
    public IReadOnlyList<ResponseSymbol> Responses => Packs.FirstOrDefault(p => p.Responses.Count > 0)?.Responses ?? [];
}

/// <summary>All files that name one pack.</summary>
public sealed class PackSymbol(string name, TextSpan span)
{
    public string Name { get; } = name;
    public TextSpan Span { get; } = span;
    public Metadata Metadata { get; internal set; } = Metadata.None;
    public IReadOnlyList<PackSymbol> Uses { get; internal set; } = [];
    public IReadOnlyList<EntitySymbol> Entities { get; internal set; } = [];
    public IReadOnlyList<EventSymbol> Events { get; internal set; } = [];
    public IReadOnlyList<NamedEventSymbol> NamedEvents { get; internal set; } = [];
    public IReadOnlyList<LabelSymbol> Labels { get; internal set; } = [];
    public IReadOnlyList<ListSymbol> Lists { get; internal set; } = [];
    public IReadOnlyList<LetSymbol> Lets { get; internal set; } = [];
    public IReadOnlyList<DefineSymbol> Defines { get; internal set; } = [];
    public IReadOnlyList<ScoreSymbol> Scores { get; internal set; } = [];
    public IReadOnlyList<MeasureSymbol> Measures { get; internal set; } = [];
    public IReadOnlyList<LinkSymbol> Links { get; internal set; } = [];
    public IReadOnlyList<RuleSymbol> Rules { get; internal set; } = [];
    public IReadOnlyList<ResponseSymbol> Responses { get; internal set; } = [];
    public IReadOnlyList<TestSymbol> Tests { get; internal set; } = [];
}

/// <summary>Metadata in force for a rule: its own, else its pack's.</summary>
public sealed record Metadata
{
    public static readonly Metadata None = new();

    public string? Owner { get; init; }
    public string? Policy { get; init; }
    public string? Runbook { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>low, medium, high, critical; null when nobody says.</summary>
    public string? Severity { get; init; }
    public Stage Stage { get; init; } = Stage.Shadow;
    /// <summary>Hundredths of a percent, 0..10000; for stage sampled.</summary>
    public int SampledShare { get; init; }
    /// <summary>Hundredths of a percent, 0..10000.</summary>
    public int Holdout { get; init; }
}

public enum Stage { Draft, Shadow, Sampled, Enforce, Paused, Retired }

public abstract class Symbol(PackSymbol pack, string name, TextSpan span)
{
    public PackSymbol Pack { get; } = pack;
    public string Name { get; } = name;
    public TextSpan Span { get; } = span;
    public string QualifiedName => $"{Pack.Name}.{Name}";
    public override string ToString() => QualifiedName;
}

public sealed class EntitySymbol(PackSymbol pack, string name, TextSpan span) : Symbol(pack, name, span);

/// <summary>Anything that rules and measures can be `of` or `on`.</summary>
public abstract class EventSource(PackSymbol pack, string name, TextSpan span) : Symbol(pack, name, span)
{
    /// <summary>The declared events whose occurrences can be (behind) this one, in order of declaration.</summary>
    public abstract IReadOnlyList<EventSymbol> Underlying { get; }
}

/// <summary>A declared kind of arriving event.</summary>
public sealed class EventSymbol(PackSymbol pack, string name, TextSpan span, string outsideName) : EventSource(pack, name, span)
{
    /// <summary>The value of the `type` field that announces it.</summary>
    public string OutsideName { get; } = outsideName;
    public IReadOnlyList<FieldSymbol> Fields { get; internal set; } = [];
    public override IReadOnlyList<EventSymbol> Underlying => [this];
}

/// <summary>`event NAME = sources where C`.</summary>
public sealed class NamedEventSymbol(PackSymbol pack, string name, TextSpan span) : EventSource(pack, name, span)
{
    private IReadOnlyList<EventSymbol> _underlying = [];

    public IReadOnlyList<EventSource> Sources
    {
        get;
        internal set
        {
            field = value;
            // Kept: named events may stand on named events, and asking each time would double with every level.
            _underlying = [.. value.SelectMany(s => s.Underlying).Distinct()];
        }
    } = [];
    public Expression? Where { get; internal set; }
    public override IReadOnlyList<EventSymbol> Underlying => _underlying;
}

/// <summary>
/// A field of an event. Arriving: <see cref="OutsidePath"/> is where it stands in the JSON object. Computed: <see cref="Computed"/>
/// is its expression over the same event.
/// </summary>
public sealed class FieldSymbol(EventSymbol owner, string name, PolicyType type, TextSpan span)
{
    public EventSymbol Event { get; } = owner;
    /// <summary>With dots for nested fields: `proc.parent`.</summary>
    public string Name { get; } = name;
    public PolicyType Type { get; internal set; } = type;
    public TextSpan Span { get; } = span;
    public bool Sensitive { get; internal set; }
    /// <summary>Declared `anything`: numbers and truth values are taken as their text, several values as lines, objects as missing.</summary>
    public bool TakesAnything { get; internal set; }
    public IReadOnlyList<string> OutsidePath { get; internal set; } = [];
    public Expression? Computed { get; internal set; }
    /// <summary>Computed from nothing but the event, lists and constants; true for arriving fields.</summary>
    public bool IsPlain { get; internal set; } = true;
    /// <summary>The pack that added the field with `extend`; null for the fields of the declaration itself.</summary>
    public PackSymbol? ExtendedBy { get; internal set; }
}

public sealed class LabelSymbol(PackSymbol pack, string name, TextSpan span, EntitySymbol entity, string? meaning) : Symbol(pack, name, span)
{
    /// <summary>What bears it; for a label of groups, what their members are.</summary>
    public EntitySymbol Entity { get; } = entity;
    public string? Meaning { get; } = meaning;
    /// <summary>Set for a label of a link's groups (F9).</summary>
    public LinkSymbol? Link { get; internal set; }
}

public sealed class ListSymbol(PackSymbol pack, string name, TextSpan span) : Symbol(pack, name, span)
{
    public PolicyType Element { get; internal set; } = PolicyType.Error;
    public bool IgnoringCase { get; internal set; }
    /// <summary>The file the entries come from, relative to the pack's folder; null for an inline list.</summary>
    public string? File { get; internal set; }
    /// <summary>Entries written in the pack, or read from the file by whoever loaded the pack.</summary>
    public IReadOnlyList<LiteralExpression> Entries { get; internal set; } = [];
    /// <summary>What the file says beside each entry, in the order of <see cref="Entries"/>; empty for an inline list.</summary>
    public IReadOnlyList<ListEntryFacts> EntryFacts { get; internal set; } = [];
}

/// <summary><paramref name="Expires"/>: milliseconds since 1970-01-01 UTC from which the entry is gone; null: never.</summary>
public sealed record ListEntryFacts(string? Source, string? Confidence, long? Expires);

public sealed class LetSymbol(PackSymbol pack, string name, TextSpan span) : Symbol(pack, name, span)
{
    public LiteralExpression? Value { get; internal set; }
}

/// <summary>A named expression; calls are expanded while binding, so the model holds it only for tools.</summary>
public sealed class DefineSymbol(PackSymbol pack, string name, TextSpan span) : Symbol(pack, name, span)
{
    public IReadOnlyList<(string Name, PolicyType Type)> Parameters { get; internal set; } = [];
}

public sealed class ScoreSymbol(PackSymbol pack, string name, TextSpan span, EntitySymbol entity, long halfLife) : Symbol(pack, name, span)
{
    public EntitySymbol Entity { get; } = entity;
    /// <summary>Milliseconds.</summary>
    public long HalfLife { get; } = halfLife;
}

/// <summary>One part of a key, for every event that can carry it.</summary>
/// <param name="Text">As written: `account`, `subnet(ip, 24)`.</param>
/// <param name="ByEvent">The expression that gives the part on each underlying event.</param>
public sealed record KeyPart(string Text, PolicyType Type, IReadOnlyDictionary<EventSymbol, Expression> ByEvent);

public sealed class MeasureSymbol(PackSymbol pack, string name, TextSpan span) : Symbol(pack, name, span)
{
    public Aggregate Aggregate { get; internal set; }
    /// <summary>p of `percentile p`, 0 &lt; p ≤ 100.</summary>
    public double Percentile { get; internal set; }
    /// <summary>What is aggregated, null for count, rate, share and since.</summary>
    public Expression? Amount { get; internal set; }
    public IReadOnlyList<EventSource> Sources { get; internal set; } = [];
    /// <summary>Which events count; for <see cref="Aggregate.Share"/> the numerator.</summary>
    public Expression? Where { get; internal set; }
    /// <summary>Empty: one key for all.</summary>
    public IReadOnlyList<KeyPart> Keys { get; internal set; } = [];
    public Window Window { get; internal set; } = Window.Forever;
    /// <summary>
    /// Set where it ranges over the members of a group (`share of ring where …`): no sources, no window, one key, the group.
    /// <see cref="Where"/> and <see cref="Amount"/> read the member by <see cref="MemberRead"/>.
    /// </summary>
    public LinkSymbol? OverLink { get; internal set; }
    /// <summary>
    /// Set where it ranges over the entities around a value (`share of account by card of payment over 30d where …`, F14):
    /// <see cref="Keys"/> is the value, <see cref="Sources"/> the events that tie, <see cref="Where"/> reads <see cref="MemberRead"/>.
    /// </summary>
    public Around? Around { get; internal set; }
    /// <summary>`alignment X … within D`: length of a slot in milliseconds; the step of its window is a block of 60 slots.</summary>
    public long Slot { get; internal set; }
    public PolicyType Type { get; internal set; } = PolicyType.Error;
    /// <summary>Its value is, or is made of, values of a sensitive field.</summary>
    public bool Sensitive { get; internal set; }
    /// <summary>The declaration in one line, for errors, `facts` and evidence.</summary>
    public string Declaration { get; internal set; } = "";
}

/// <summary>Which entities a value has around it, on each underlying event.</summary>
public sealed record Around(EntitySymbol Entity, IReadOnlyDictionary<EventSymbol, Expression> Members);

public enum WindowKind { Forever, Sliding, Tumbling, Session }

/// <summary>
/// All lengths in milliseconds. Sliding: (τ − Ending − Length, τ − Ending], in cells of <paramref name="Step"/> when it is not 0.
/// Tumbling: cells of Length since the epoch. Session: Length is the idle gap.
/// </summary>
public sealed record Window(WindowKind Kind, long Length, long Step = 0, long Ending = 0)
{
    public static readonly Window Forever = new(WindowKind.Forever, 0);
}

public sealed class ResponseSymbol(PackSymbol pack, string name, TextSpan span) : Symbol(pack, name, span)
{
    /// <summary>Stands beside the order of precedence: always carried out.</summary>
    public bool Also { get; internal set; }
    /// <summary>0 is the strongest of the ordered ones.</summary>
    public int Rank { get; internal set; }
    /// <summary>What it acts on: an entity, or (<see cref="TargetEvent"/>) an event.</summary>
    public EntitySymbol? TargetEntity { get; internal set; }
    public EventSource? TargetEvent { get; internal set; }
    public IReadOnlyList<ResponseParameter> Parameters { get; internal set; } = [];
}

public sealed record ResponseParameter(string Preposition, PolicyType Type);
