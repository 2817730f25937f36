using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>What a response acts upon: an entity, every member of a group, and for labels and cases a group itself.</summary>
internal sealed class TargetBinder(Workspace workspace, PackScope scope, Hand hand)
{
    /// <summary>Null after an error.</summary>
    public Expression? Bind(TargetSyntax syntax, bool groups)
    {
        if (syntax.Group is not null) return Each(syntax, syntax.Group);
        var target = new ExpressionBinder(workspace, new ExpressionContext(scope, hand)).Bind(new PathSyntax(syntax.Path.Span, syntax.Path));
        if (target.Type.Kind == TypeKind.Error || (groups && target.Type.Kind == TypeKind.Group)) return target.Type.Kind == TypeKind.Error ? null : target;
        if (target.Type.Link is { } link) workspace.Add(LinkErrors.UponGroup(syntax.Span, link));
        else if (target.Type.Kind != TypeKind.Entity) workspace.Add(RuleErrors.TargetIsNoEntity(syntax.Span, syntax.Path.Text, target.Type));
        else if (Sensitivity.Of(target)) workspace.Add(RuleErrors.SensitiveLeaves(syntax.Span));
        else return target;
        return null;
    }

    /// <summary>`each account of ring where C`: C looks at one member after the other (F15).</summary>
    private EachMember? Each(TargetSyntax syntax, Path path)
    {
        if (workspace.Names.Link(scope, path) is not { } link || workspace.Broken.Contains(link)) return null;
        if (NameLookup.Candidates(scope, syntax.Path, p => p.Entities) is not [{ } entity] || entity != link.Entity)
        {
            workspace.Add(LinkErrors.OtherMember(syntax.Path.Span, link).Beside(link.Span, "declared here"));
            return null;
        }
        var group = workspace.Groups.Read(scope, link, hand, path.Span);
        var member = new ExpressionContext(scope, hand.IsUnknown ? Hand.Unknown : Hand.OfMember(entity));
        var where = syntax.Where is null ? null : new ExpressionBinder(workspace, member).BindCondition(syntax.Where);
        return group is null ? null : new EachMember(new PolicyType(TypeKind.Entity, Entity: entity), syntax.Span, group, where);
    }
}
