using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>The one `responses` block of the packs loaded together.</summary>
internal sealed class ResponsesBinder(Workspace workspace)
{
    public void Run()
    {
        PackScope? first = null;
        foreach (var scope in workspace.Packs)
        {
            foreach (var statement in scope.Statements.OfType<ResponsesStatement>())
            {
                if (first is not null) workspace.Add(PackErrors.SecondResponses(statement.Span, first.Pack.Name));
                else Bind(scope, statement);
                first ??= scope;
            }
        }
    }

    private void Bind(PackScope scope, ResponsesStatement statement)
    {
        var responses = new List<ResponseSymbol>();
        var rank = 0;
        foreach (var syntax in statement.Responses)
        {
            var response = new ResponseSymbol(scope.Pack, syntax.Verb.Text, syntax.Verb.Span) { Also = syntax.Also, Rank = syntax.Also ? 0 : rank++ };
            if (responses.Find(r => r.Name == response.Name) is { } same) workspace.Add(NameErrors.DeclaredTwice(syntax.Verb.Span, "response", response.Name, same.Span));
            Target(scope, syntax, response);
            response.Parameters = [.. syntax.Parameters.Select(p => new ResponseParameter(p.Preposition, workspace.Types.Bind(scope, p.Type, TypePlace.Response)))];
            foreach (var twice in syntax.Parameters.GroupBy(p => p.Preposition).Where(g => g.Count() > 1))
                workspace.Add(RuleErrors.PrepositionTwice(twice.Last().Span, twice.Key));
            responses.Add(response);
        }
        scope.Pack.Responses = responses;
    }

    private void Target(PackScope scope, ResponseSyntax syntax, ResponseSymbol response)
    {
        var entities = NameLookup.Candidates(scope, syntax.Target, p => p.Entities);
        var events = NameLookup.Candidates(scope, syntax.Target, p => p.Sources);
        switch (entities.Count, events.Count)
        {
            case (1, 0):
                response.TargetEntity = entities[0];
                break;
            case (0, 1):
                workspace.Sources.Ensure(events[0]);
                response.TargetEvent = events[0];
                if (workspace.Broken.Contains(events[0])) workspace.Broken.Add(response);
                break;
            case (0, 0):
                if (!scope.MayHaveMeant(syntax.Target.Parts[^1].Text)) workspace.Add(RuleErrors.UnknownTarget(syntax.Target,
                    [.. scope.Visible.SelectMany(p => p.Entities.All.Select(e => e.Name).Concat(p.Sources.All.Select(s => s.Name)))]));
                workspace.Broken.Add(response);
                break;
            default:
                workspace.Add(NameErrors.Ambiguous(syntax.Target.Span, syntax.Target.Text, [.. entities, .. events]));
                workspace.Broken.Add(response);
                break;
        }
    }
}
