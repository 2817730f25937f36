using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>Where a type is written: not every type may stand everywhere.</summary>
internal enum TypePlace { Field, Parameter, Response, List }

internal sealed class TypeBinder(Workspace workspace)
{
    private static readonly Dictionary<string, PolicyType> ByName = new(StringComparer.Ordinal)
    {
        ["text"] = PolicyType.Text,
        ["integer"] = PolicyType.Integer,
        ["number"] = PolicyType.Number,
        ["boolean"] = PolicyType.Boolean,
        ["time"] = PolicyType.Time,
        ["duration"] = PolicyType.Duration,
        ["rate"] = PolicyType.Rate,
        ["ip"] = PolicyType.Ip,
        ["cidr"] = PolicyType.Cidr,
    };

    /// <summary>For fields alone: text, whatever kind of value arrives.</summary>
    private const string Anything = "anything";

    public static bool IsTypeName(string name) => name == Anything || ByName.ContainsKey(name);

    public static bool IsAnything(TypeSyntax? syntax) => syntax is { IsList: false, Name.Parts: [{ Quoted: false, Text: Anything }] };

    public PolicyType Bind(PackScope scope, TypeSyntax syntax, TypePlace place)
    {
        var type = Named(scope, syntax, place);
        if (type.Kind == TypeKind.Error) return type;
        if (syntax.IsList) type = new PolicyType(TypeKind.List, Element: type);
        if (place == TypePlace.List && (syntax.IsList || syntax.Optional)) workspace.Add(TypeErrors.ListOfOptional(syntax.Span, type.AsPresent()));
        return syntax.Optional ? type.AsOptional() : type;
    }

    private PolicyType Named(PackScope scope, TypeSyntax syntax, TypePlace place)
    {
        var name = syntax.Name;
        if (name.Parts is [{ Quoted: false } single])
        {
            if (single.Text is "event" or "label")
            {
                workspace.Add(TypeErrors.OnlyInRecipes(name.Span, single.Text));
                return PolicyType.Error;
            }
            if (single.Text == "rate" && place is TypePlace.Field or TypePlace.List)
            {
                workspace.Add(TypeErrors.RateDoesNotArrive(name.Span));
                return PolicyType.Error;
            }
            if (ByName.TryGetValue(single.Text, out var type)) return type;
            if (place == TypePlace.Field && IsAnything(syntax)) return PolicyType.Text;
        }
        var found = NameLookup.Candidates(scope, name, p => p.Entities);
        if (found.Count == 1) return new PolicyType(TypeKind.Entity, Entity: found[0]);
        if (found.Count > 1) workspace.Add(NameErrors.Ambiguous(name.Span, name.Text, found));
        else if (!scope.MayHaveMeant(name.Parts[^1].Text))
        {
            workspace.Add(NameErrors.UnknownType(name.Span, name.Text, name.Parts[^1],
                [.. ByName.Keys, .. scope.Visible.SelectMany(p => p.Entities.All).Select(e => e.Name)]));
        }
        return PolicyType.Error;
    }
}
