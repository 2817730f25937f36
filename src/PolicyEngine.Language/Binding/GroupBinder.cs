using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>Groups of links: which one is in hand. A group is that of the only entity of its kind in hand.</summary>
internal sealed class GroupBinder(Workspace workspace)
{
    /// <summary>The link that a path names, without an error where it names none.</summary>
    public static LinkSymbol? Named(PackScope scope, Path path) =>
        NameLookup.Candidates(scope, path, p => p.Values) is [LinkSymbol link] ? link : null;

    public static PolicyType TypeOf(LinkSymbol link) => new(TypeKind.Group) { Link = link };

    public static GroupRead Of(LinkSymbol link, Expression member, TextSpan span) => new(TypeOf(link).AsOptional(), span, link, member);

    /// <summary>The group in hand as an expression, with an error where there is none or it is not clear whose.</summary>
    public Expression? Read(PackScope scope, LinkSymbol link, Hand hand, TextSpan span)
    {
        if (workspace.Broken.Contains(link) || hand.IsUnknown) return null;
        var result = InHand(scope, link, hand, span);
        if (result.Expression is null)
            workspace.Add(hand.Member is not null ? LinkErrors.GroupOfMember(span, link) : LinkErrors.NoGroupInHand(span, link, result).Beside(link.Span, "declared here"));
        return result.Expression;
    }

    public KeyResult InHand(PackScope scope, LinkSymbol link, Hand hand, TextSpan span)
    {
        if (hand.Member is not null) return new(null, KeyProblem.NoField, []);
        var key = hand.Keys.ToList().FindIndex(k => k.Type.Link == link);
        if (key >= 0) return new(new KeyRead(hand.Keys[key].Type, span, key), KeyProblem.None, []);
        var member = workspace.Keys.OfEntity(scope, link.Entity, hand, span);
        return member.Expression is { } read ? member with { Expression = Of(link, read, span) } : member;
    }

    /// <summary>`per ring` over events: of each, the group of its only account.</summary>
    public KeyPart? Key(PackScope scope, LinkSymbol link, Hand hand, TextSpan span)
    {
        if (workspace.Broken.Contains(link)) return null;
        var members = Members(scope, link.Entity, hand, span, $"`{link.Name}` groups");
        return members is null ? null : new KeyPart(link.Name, TypeOf(link), members.ToDictionary(m => m.Key, m => (Expression)Of(link, m.Value, span)));
    }

    /// <summary>The only field of an entity on each event; null after an error that says where there is none, or more than one.</summary>
    public IReadOnlyDictionary<EventSymbol, Expression>? Members(PackScope scope, EntitySymbol entity, Hand hand, TextSpan span, string why)
    {
        if (hand.IsUnknown) return null;
        var members = new Dictionary<EventSymbol, Expression>();
        foreach (var on in hand.Events)
        {
            var result = workspace.Keys.OfEntity(scope, entity, Hand.OfEvents([on]), span);
            if (result.Expression is { } member) members[on] = member;
            else workspace.Add(LinkErrors.NoMember(span, why, entity, on, result).Beside(on.Span, "declared here"));
        }
        return members.Count == hand.Events.Count && members.Count > 0 ? members : null;
    }
}
