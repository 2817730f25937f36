using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>Fields of declared events: finding them by name, and the types of computed ones.</summary>
internal sealed class FieldBinder(Workspace workspace)
{
    private readonly Dictionary<EventSymbol, ILookup<string, FieldSymbol>> _byName = [];

    /// <summary>The field of that name which <paramref name="scope"/> sees; two when used packs extend the event with one name.</summary>
    public IReadOnlyList<FieldSymbol> Find(PackScope scope, EventSymbol on, string name)
    {
        if (!_byName.TryGetValue(on, out var fields))
            _byName[on] = fields = on.Fields.ToLookup(f => f.Name, StringComparer.Ordinal);
        return [.. fields[name].Where(f => f.ExtendedBy is null || scope.Sees(f.ExtendedBy))];
    }

    public static IEnumerable<FieldSymbol> All(PackScope scope, EventSymbol on) =>
        on.Fields.Where(f => f.ExtendedBy is null || scope.Sees(f.ExtendedBy));

    public PolicyType TypeOf(FieldSymbol field)
    {
        if (!workspace.Declarations.TryGetValue(field, out var declaration)) return field.Type;
        if (declaration.Syntax is not FieldSyntax { Computed: { } computed }) return field.Type;
        var bound = workspace.Resolution.Ensure(field, $"{field.Event.Name}.{field.Name}", field.Span, () =>
        {
            var context = new ExpressionContext(declaration.Scope, Hand.OfEvents([field.Event]));
            field.Computed = new ExpressionBinder(workspace, context).Bind(computed);
            if (field.Computed.Type.Kind == TypeKind.Group)
            {
                workspace.Add(LinkErrors.FieldHoldsGroup(computed.Span));
                field.Computed = ExpressionBinder.Wrong(computed.Span);
            }
            field.Type = field.Computed.Type;
            field.Sensitive = Sensitivity.Of(field.Computed);
            field.IsPlain = Filters.IsFilter(field.Computed);
        });
        return bound ? field.Type : PolicyType.Error;
    }
}
