using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Model;

/// <summary>`link NAME of ENTITY over D step D by …`: groups of entities that bore the same values (F1–F6). Lengths in milliseconds.</summary>
public sealed class LinkSymbol(PackSymbol pack, string name, TextSpan span) : Symbol(pack, name, span)
{
    public EntitySymbol Entity { get; internal set; } = null!;
    public long Length { get; internal set; }
    /// <summary>Divides <see cref="Length"/>; edges end at its multiples.</summary>
    public long Step { get; internal set; }
    /// <summary>In declared order; attributes of one event are taken in it.</summary>
    public IReadOnlyList<LinkWay> Ways { get; internal set; } = [];
    public string Declaration { get; internal set; } = "";
}

/// <summary>One `by` line: a kind of attribute with its own caps.</summary>
/// <param name="Text">As written after `by`, for reasons: `card`, `net, device`.</param>
/// <param name="Keys">The attribute; several parts must all agree.</param>
/// <param name="Members">The member on each underlying event.</param>
/// <param name="MoreThan">`unless shared by more than N`.</param>
/// <param name="WithoutLabel">Of more than N members that lack this label (F13).</param>
/// <param name="FewerThan">`unless shared by fewer than N`.</param>
public sealed record LinkWay(
    string Text, IReadOnlyList<KeyPart> Keys, IReadOnlyList<EventSource> Sources, IReadOnlyDictionary<EventSymbol, Expression> Members,
    long? MoreThan, LabelSymbol? WithoutLabel, long? FewerThan);
