using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>`link NAME of ENTITY over D step D by …`: its span in steps, and the ways by which it ties members together.</summary>
internal sealed class LinkBinder(Workspace workspace)
{
    private const long Hour = 3_600_000;

    private const long Day = 24 * Hour;

    public void Bind(LinkSymbol link)
    {
        var (scope, syntax) = workspace.Declarations[link];
        var statement = (LinkStatement)syntax;
        link.Declaration = DeclarationText.Of(statement.Span);
        (link.Length, link.Step) = Span(scope, statement.Length, statement.Step);
        var ways = statement.By.Select(by => Way(scope, link, by)).ToList();
        link.Ways = [.. ways.OfType<LinkWay>()];
    }

    /// <summary>A span and its step, without which it is an hour for spans of a day or more, and else a 24th (F2).</summary>
    public (long Length, long Step) Span(PackScope scope, DurationSyntax length, DurationSyntax? step)
    {
        var whole = workspace.Lets.PositiveDuration(scope, length) ?? Day;
        if (step is null)
        {
            var usual = whole >= Day ? Hour : whole / 24;
            if (usual > 0 && whole % usual == 0) return (whole, usual);
            workspace.Add(LinkErrors.NeedsStep(length.Span));
            return (whole, whole);
        }
        var given = workspace.Lets.PositiveDuration(scope, step) ?? whole;
        if (whole % given != 0) workspace.Add(EventErrors.StepDoesNotDivide(step.Span, whole, given, "span"));
        return (whole, given);
    }

    private LinkWay? Way(PackScope scope, LinkSymbol link, LinkBySyntax by)
    {
        var sources = workspace.Sources.Resolve(scope, by.Sources);
        var (more, without, fewer) = Caps(scope, link, by);
        var hand = workspace.HandOf(sources);
        var keys = workspace.Keys.Declare(scope, by.Keys, hand, groups: false);
        if (workspace.Broken.Contains(link) || keys is null) return null;
        var members = workspace.Groups.Members(scope, link.Entity, hand, by.Sources[0].Span.To(by.Sources[^1].Span), $"`{link.Name}` links");
        var text = string.Join(", ", by.Keys.Select(KeyBinder.Text));
        return members is null ? null : new LinkWay(text, keys, sources, members, more, without, fewer);
    }

    private (long? More, LabelSymbol? Without, long? Fewer) Caps(PackScope scope, LinkSymbol link, LinkBySyntax by)
    {
        foreach (var twice in by.Caps.GroupBy(c => c.More).Where(g => g.Count() > 1))
            workspace.Add(LinkErrors.CapTwice(twice.Last().Span, twice.Key).Beside(twice.First().Span, "said here already"));
        foreach (var cap in by.Caps.Where(c => !c.Limit.IsInteger || c.Limit.Integer < (c.More ? 1 : 2)))
            workspace.Add(LinkErrors.CapNumber(cap.Limit.Span, cap.More ? 1 : 2));
        var more = by.Caps.FirstOrDefault(c => c.More);
        var fewer = by.Caps.FirstOrDefault(c => !c.More);
        if (fewer is { WithoutLabel: { } wrong }) workspace.Add(LinkErrors.FewerWithoutLabel(wrong.Span));
        if (more is { WithoutLabel: null } && fewer?.Limit.Integer > more.Limit.Integer)
            workspace.Add(LinkErrors.CapsExclude(fewer.Span).Beside(more.Span, "and not from here on"));
        return (more?.Limit.Integer, more?.WithoutLabel is { } path ? Label(scope, link, path) : null, fewer?.Limit.Integer);
    }

    private LabelSymbol? Label(PackScope scope, LinkSymbol link, Path path)
    {
        var label = workspace.Names.Label(scope, path);
        if (label is null || workspace.Broken.Contains(label) || workspace.Broken.Contains(link)) return null;
        if (label.Link is null && label.Entity == link.Entity) return label;
        workspace.Add(LinkErrors.CapLabel(path.Span, label, link).Beside(label.Span, "declared here"));
        return null;
    }
}
