using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>Measures over the members of a group, and over those around a value: what they range over.</summary>
internal sealed class MemberMeasures(Workspace workspace, PackScope scope)
{
    /// <summary>The link that a measure ranges over; a name of both a link and an event is an error.</summary>
    public LinkSymbol? LinkOf(FunctionSyntax function)
    {
        if (function.Sources is not [{ } path] || GroupBinder.Named(scope, path) is not { } link) return null;
        var events = NameLookup.Candidates(scope, path, p => p.Sources);
        if (events.Count > 0) workspace.Add(NameErrors.Ambiguous(path.Span, path.Text, [link, .. events]));
        return link;
    }

    /// <summary>`share of ring where …` (F8)</summary>
    public void Over(MeasureSymbol measure, MeasureStatement statement, LinkSymbol link)
    {
        var function = statement.Function;
        measure.OverLink = link;
        measure.Keys = [new KeyPart(link.Name, GroupBinder.TypeOf(link), new Dictionary<EventSymbol, Expression>())];
        if (workspace.Broken.Contains(link)) workspace.Broken.Add(measure);
        if (function.Aggregate is not (Aggregate.Count or Aggregate.Share or Aggregate.Sum or Aggregate.Average or Aggregate.Min or Aggregate.Max))
            workspace.Add(LinkErrors.OverMembersFunction(function.Span, EventErrors.Word(function.Aggregate), link.Name));
        if (statement.Keys.Count > 0) workspace.Add(LinkErrors.OverMembersHasNo(statement.Keys[0].Span.To(statement.Keys[^1].Span), link.Name, "`per`"));
        if (statement.Window is { } window) workspace.Add(LinkErrors.OverMembersHasNo(window.Span, link.Name, "span"));
    }

    /// <summary>`share of account by card of payment over 30d where …` (F14)</summary>
    public void Around(MeasureSymbol measure, MeasureStatement statement)
    {
        var function = statement.Function;
        var entity = workspace.Names.Entity(scope, ((PathSyntax)function.Amount!).Path);
        measure.Sources = workspace.Sources.Resolve(scope, function.Sources);
        var hand = workspace.HandOf(measure.Sources);
        var keys = workspace.Keys.Declare(scope, function.By!, hand, groups: false);
        measure.Keys = keys ?? [];
        var members = entity is null ? null : workspace.Groups.Members(scope, entity, hand, function.Sources[0].Span.To(function.Sources[^1].Span), $"`{measure.Name}` looks at");
        if (entity is not null) measure.Around = new Around(entity, members ?? new Dictionary<EventSymbol, Expression>());
        if (keys is null || members is null) workspace.Broken.Add(measure);
        if (statement.Keys.Count > 0) workspace.Add(LinkErrors.AroundHasKey(statement.Keys[0].Span.To(statement.Keys[^1].Span)));
        if (statement.Window is SlidingWindowSyntax { Ending: null } sliding)
        {
            var (length, step) = new LinkBinder(workspace).Span(scope, sliding.Length, sliding.Step);
            measure.Window = new Window(WindowKind.Sliding, length, step);
        }
        else workspace.Add(LinkErrors.AroundWindow((statement.Window ?? (SyntaxNode)function).Span));
    }
}
