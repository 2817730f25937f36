using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>
/// Finds out which declared events stand behind named events and rules. Bodies come later: this alone has to be known before an
/// expression can say which fields are in hand.
/// </summary>
internal sealed class SourceBinder(Workspace workspace)
{
    public void Ensure(EventSource source)
    {
        if (source is EventSymbol || !workspace.Declarations.TryGetValue(source, out var declaration)) return;
        var bound = workspace.Resolution.Ensure(source, source.Name, source.Span, () => Bind(source, declaration));
        if (!bound) workspace.Broken.Add(source);
    }

    /// <summary>The sources that paths name; those that do not bind leave a broken placeholder, so that later errors are not repeated.</summary>
    public IReadOnlyList<EventSource> Resolve(PackScope scope, IReadOnlyList<Path> paths)
    {
        var sources = new List<EventSource>();
        foreach (var path in paths)
        {
            var source = workspace.Names.Source(scope, path);
            source = source is null || FiresWithoutEvent(source, path) ? Unknown(scope, path) : source;
            if (sources.Contains(source)) workspace.Add(EventErrors.NamedTwice(path.Span, path.Text));
            else sources.Add(source);
        }
        return sources;
    }

    private NamedEventSymbol Unknown(PackScope scope, Path path)
    {
        var unknown = new NamedEventSymbol(scope.Pack, path.Text, path.Span);
        workspace.Broken.Add(unknown);
        return unknown;
    }

    /// <summary>
    /// A rule upon a label, a group, a tick or a deadline fires for a key: whoever counted its firings, or waited for them, would be
    /// handed no event.
    /// </summary>
    private bool FiresWithoutEvent(EventSource source, Path path)
    {
        Ensure(source);
        if (source is not RuleSymbol { Trigger: not (EachTrigger or KeyedTrigger or SequenceTrigger) } rule || workspace.Broken.Contains(rule)) return false;
        workspace.Add(EventErrors.FiresWithoutEvent(path.Span, rule).Beside(rule.Span, "declared here"));
        return true;
    }

    private void Bind(EventSource source, Declaration declaration)
    {
        if (source is NamedEventSymbol named && declaration.Syntax is NamedEventStatement statement)
        {
            named.Sources = Resolve(declaration.Scope, statement.Sources);
            MarkIfBroken(named, named.Sources);
        }
        else if (source is RuleSymbol rule && declaration.Syntax is RuleStatement ruleStatement)
        {
            if (ruleStatement.Body is null) workspace.Broken.Add(rule);
            else BindTrigger(rule, declaration.Scope, ruleStatement.Body.Trigger);
        }
    }

    private void BindTrigger(RuleSymbol rule, PackScope scope, TriggerSyntax syntax)
    {
        switch (syntax)
        {
            case EachTriggerSyntax each:
                var sources = Resolve(scope, each.Sources);
                rule.Trigger = new EachTrigger(sources);
                MarkIfBroken(rule, sources);
                break;
            case KeyedTriggerSyntax { Follows.Count: 0 } keyed:
                var keyedSources = Resolve(scope, keyed.First.Sources);
                rule.Trigger = new KeyedTrigger(keyedSources, []);
                MarkIfBroken(rule, keyedSources);
                break;
            case KeyedTriggerSyntax sequence:
                BindSteps(rule, scope, sequence);
                break;
            default:
                // Triggers without an event: the rule's firings have no fields of an event.
                rule.Trigger = new EveryTrigger(0, []);
                break;
        }
    }

    private void BindSteps(RuleSymbol rule, PackScope scope, KeyedTriggerSyntax syntax)
    {
        var trigger = new SequenceShape(workspace, scope).Bind(syntax);
        rule.Trigger = trigger ?? new EachTrigger([]);
        if (trigger is null) workspace.Broken.Add(rule);
        MarkIfBroken(rule, [.. RuleSteps.Of(trigger).SelectMany(s => s.Sources)]);
    }

    private void MarkIfBroken(EventSource source, IReadOnlyList<EventSource> sources)
    {
        if (sources.Any(workspace.Broken.Contains)) workspace.Broken.Add(source);
    }
}
