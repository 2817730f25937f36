using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

internal sealed partial class ExpressionBinder
{
    /// <summary>`ring.size` of the group in hand, `alike.expected` of an alignment.</summary>
    private Meaning? PartOfValue(Path path, TextSpan span)
    {
        if (path.Parts.Count < 2) return null;
        var (prefix, part) = (Prefix(path, path.Parts.Count - 1), path.Parts[^1].Text);
        if (PropertyOf(part) is { } property && GroupBinder.Named(Scope, prefix) is { } link)
            return new Meaning("link", $"{link.QualifiedName}.{part}", link.Span, () => ReadProperty(link, property, span));
        if (PartOf(part) is { } aligned && MeasureNamed(prefix) is { } measure && IsAlignment(measure))
            return new Meaning("measure", $"{measure.QualifiedName}.{part}", measure.Span, () => ReadPart(measure, aligned, span));
        return null;
    }

    private MeasureSymbol? MeasureNamed(Path path) => NameLookup.Candidates(Scope, path, p => p.Values) is [MeasureSymbol measure] ? measure : null;

    private bool IsAlignment(MeasureSymbol measure) =>
        workspace.Declarations[measure].Syntax is MeasureStatement { Function.Aggregate: Aggregate.Alignment };

    /// <summary>What was meant by a part that a group or a measure has not.</summary>
    private Diagnostics.Diagnostic? UnknownPart(Path path, TextSpan span)
    {
        if (path.Parts.Count < 2) return null;
        var prefix = Prefix(path, path.Parts.Count - 1);
        if (GroupBinder.Named(Scope, prefix) is { } link) return LinkErrors.UnknownProperty(path.Parts[^1], link.Name);
        return PartOf(path.Parts[^1].Text) is not null && MeasureNamed(prefix) is { } measure
            ? LinkErrors.PartOfNoAlignment(span, measure.Name, path.Parts[^1].Text).Beside(measure.Span, "declared here")
            : null;
    }

    private static GroupProperty? PropertyOf(string name) => name switch
    {
        "size" => GroupProperty.Size,
        "reasons" => GroupProperty.Reasons,
        "id" => GroupProperty.Id,
        "age" => GroupProperty.Age,
        _ => null,
    };

    private static AlignmentPart? PartOf(string name) => name switch
    {
        "coincidences" => AlignmentPart.Coincidences,
        "expected" => AlignmentPart.Expected,
        _ => null,
    };

    private Expression ReadProperty(LinkSymbol link, GroupProperty property, TextSpan span) =>
        workspace.Groups.Read(Scope, link, Hand, span) is { } group ? PropertyOf(group, property, span) : Wrong(span);

    /// <summary>Of a group that may not be there, every property may be missing (F5).</summary>
    public static GroupPropertyRead PropertyOf(Expression group, GroupProperty property, TextSpan span)
    {
        var type = property switch
        {
            GroupProperty.Size => PolicyType.Integer,
            GroupProperty.Age => PolicyType.Duration,
            _ => PolicyType.Text,
        };
        return new GroupPropertyRead(group.Type.Optional ? type.AsOptional() : type, span, group, property);
    }

    private Expression ReadPart(MeasureSymbol measure, AlignmentPart part, TextSpan span)
    {
        if (ReadMeasure(measure, span) is not MeasureRead read) return Wrong(span);
        var type = part == AlignmentPart.Coincidences ? PolicyType.Integer : PolicyType.Number;
        return new AlignmentRead(read.Type.Optional ? type.AsOptional() : type, span, read, part);
    }

    /// <summary>`ring(follower)`: the group of one of several.</summary>
    private Expression CallLink(CallSyntax syntax, LinkSymbol link)
    {
        var arguments = syntax.Arguments.Select(Bind).ToList();
        if (workspace.Broken.Contains(link) || arguments.Any(a => a.Type.Kind == TypeKind.Error)) return Wrong(syntax.Span);
        if (Hand.Member is not null) return Refuse(syntax.Span, LinkErrors.GroupOfMember(syntax.Span, link));
        if (arguments.Count != 1) return Refuse(syntax.Span, TypeErrors.ArgumentCount(syntax.Span, link.Name, "1 argument", arguments.Count));
        var type = new PolicyType(TypeKind.Entity, Entity: link.Entity);
        return Conversions.To(arguments[0], type) is { } member
            ? GroupBinder.Of(link, member, syntax.Span)
            : Refuse(syntax.Span, TypeErrors.Argument(arguments[0].Span, link.Name, link.Entity.Name, Report.Describe(type), arguments[0].Type));
    }
}
