using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>
/// Keys of `on every D per K`. No event is in hand: the keys are those of the measures that the rule reads, and the events of those
/// measures say which keys there are to visit (C8).
/// </summary>
internal sealed class EveryKeys(Workspace workspace, PackScope scope)
{
    public Hand Bind(RuleSymbol rule, EveryTriggerSyntax syntax)
    {
        var every = workspace.Lets.PositiveDuration(scope, syntax.Every) ?? 1;
        var keys = syntax.Keys.Select(Key).ToList();
        if (keys.Count > 1 && keys.FirstOrDefault(k => k?.Type.Link is not null) is { } group)
        {
            workspace.Add(LinkErrors.KeyBesideGroup(syntax.Keys[keys.IndexOf(group)].Span, group.Name));
            keys.Clear();
            keys.Add(null);
        }
        if (keys.Any(k => k is null))
        {
            workspace.Broken.Add(rule);
            return Hand.Unknown;
        }
        rule.Trigger = new EveryTrigger(every, [.. keys.Select(k => new KeyPart(k!.Name, k.Type, new Dictionary<EventSymbol, Expression>()))]);
        return Hand.OfKeys([.. keys.OfType<HandKey>()]);
    }

    /// <summary>The trigger with the events of the measures that the rule reads by its keys.</summary>
    public static EveryTrigger Collect(Workspace workspace, RuleSymbol rule, EveryTrigger trigger, TextSpan span)
    {
        var byEvent = trigger.Keys.Select(_ => new Dictionary<EventSymbol, Expression>()).ToList();
        foreach (var read in RuleExpressions.Of(rule).SelectMany(ExpressionTree.All).OfType<MeasureRead>())
        {
            foreach (var (key, part) in read.Keys.Zip(read.Measure.Keys))
            {
                if (key is not KeyRead { Index: var index }) continue;
                foreach (var (on, expression) in part.ByEvent) byEvent[index].TryAdd(on, expression);
            }
        }
        // Of a link, every group is visited, whatever the rule reads.
        var unread = byEvent.FindIndex(b => b.Count == 0 && trigger.Keys[0].Type.Link is null);
        var isWhole = RuleExpressions.Of(rule).SelectMany(ExpressionTree.All).All(e => e.Type.Kind != TypeKind.Error);
        if (unread >= 0 && isWhole) workspace.Add(RuleErrors.EveryReadsNothing(span, trigger.Keys[unread].Text));
        return trigger with { Keys = [.. trigger.Keys.Zip(byEvent, (k, b) => k with { ByEvent = b })] };
    }

    private HandKey? Key(KeySyntax key)
    {
        var text = KeyBinder.Text(key);
        if (key.Arguments is null)
        {
            if (GroupBinder.Named(scope, key.Path) is { } link) return workspace.Broken.Contains(link) ? null : new HandKey(text, GroupBinder.TypeOf(link));
            if (NameLookup.Candidates(scope, key.Path, p => p.Entities) is [{ } entity]) return new HandKey(text, new PolicyType(TypeKind.Entity, Entity: entity));
        }
        var measures = scope.Visible.SelectMany(p => p.Pack.Measures).ToList();
        foreach (var measure in measures) workspace.Measures.Ensure(measure);
        var types = measures.SelectMany(m => m.Keys).Where(k => k.Text == text).Select(k => k.Type).Distinct().ToList();
        if (types.Count == 1) return new HandKey(text, types[0]);
        workspace.Add(types.Count == 0
            ? RuleErrors.EveryKeyUnknown(key.Span, text, [.. measures.SelectMany(m => m.Keys).Select(k => k.Text)])
            : EventErrors.KeyTypesDiffer(key.Span, text, types[0], types[1], "another measure"));
        return null;
    }
}
