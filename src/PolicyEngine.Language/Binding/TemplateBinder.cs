using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>The holes of a `because`.</summary>
internal sealed class TemplateBinder(Workspace workspace, ExpressionBinder binder)
{
    public TextTemplate Bind(TextLiteral text)
    {
        var parsed = PolicyParser.ParseTemplate(text);
        foreach (var diagnostic in parsed.Diagnostics) workspace.Add(diagnostic);
        return new TextTemplate([.. parsed.Parts.Select(Part)], text.Span);
    }

    private Model.TemplatePart Part(Syntax.TemplatePart part) => part.Hole is { } hole
        ? new Model.TemplatePart(null, Shown(binder.Bind(hole)))
        : new Model.TemplatePart(part.Text ?? "", null);

    /// <summary>A group is shown by its id.</summary>
    private static Expression Shown(Expression hole) =>
        hole.Type.Kind == TypeKind.Group ? ExpressionBinder.PropertyOf(hole, GroupProperty.Id, hole.Span) : hole;
}
