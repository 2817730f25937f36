using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>Fields of the declared events, and those that `extend` adds to events of this or of used packs.</summary>
internal sealed class EventDeclarations(Workspace workspace, PackScope scope, Dictionary<string, EventSymbol> byOutsideName)
{
    public void Run()
    {
        foreach (var symbol in scope.Pack.Events)
        {
            var statement = (EventStatement)workspace.Declarations[symbol].Syntax;
            Add(symbol, statement.Fields, extending: false);
            RefuseSecondOutsideName(symbol, statement);
        }
        foreach (var extend in scope.Statements.OfType<ExtendStatement>())
        {
            var source = workspace.Names.Source(scope, extend.Event);
            if (source is EventSymbol target) Add(target, extend.Fields, extending: true);
            else if (source is not null) workspace.Add(EventErrors.ExtendsNoDeclaredEvent(extend.Event.Span, extend.Event.Text, Report.Kind(source)));
        }
    }

    private void RefuseSecondOutsideName(EventSymbol symbol, EventStatement statement)
    {
        if (byOutsideName.TryAdd(symbol.OutsideName, symbol)) return;
        var other = byOutsideName[symbol.OutsideName];
        workspace.Add(EventErrors.OutsideNameTwice(statement.From?.Span ?? symbol.Span, symbol.OutsideName, other.Span));
    }

    private void Add(EventSymbol target, IReadOnlyList<FieldSyntax> fields, bool extending)
    {
        var added = new List<FieldSymbol>(target.Fields);
        var byName = added.ToLookup(f => f.Name, StringComparer.Ordinal);
        var fresh = new Dictionary<string, FieldSymbol>(StringComparer.Ordinal);
        foreach (var syntax in fields)
        {
            var field = Field(target, syntax, extending);
            var own = byName[field.Name].FirstOrDefault(f => f.ExtendedBy is null || f.ExtendedBy == field.ExtendedBy)
                ?? fresh.GetValueOrDefault(field.Name);
            if (own is not null) workspace.Add(NameErrors.DeclaredTwice(syntax.Path.Span, "field", field.Name, own.Span));
            else added.Add(fresh[field.Name] = field);
        }
        target.Fields = added;
    }

    private FieldSymbol Field(EventSymbol target, FieldSyntax syntax, bool extending)
    {
        var type = syntax.Type is null ? PolicyType.Error : workspace.Types.Bind(scope, syntax.Type, TypePlace.Field);
        var field = new FieldSymbol(target, syntax.Path.Text, type, syntax.Path.Span)
        {
            Sensitive = syntax.Sensitive,
            TakesAnything = syntax.Computed is null && TypeBinder.IsAnything(syntax.Type),
            ExtendedBy = extending && target.Pack != scope.Pack ? scope.Pack : null,
        };
        if (syntax.Computed is not null) workspace.Declarations[field] = new Declaration(scope, syntax);
        else field.OutsidePath = syntax.From?.Value.Split('.') ?? [.. syntax.Path.Parts.Select(p => p.Text)];
        RefuseOtherBuiltinType(field, syntax);
        return field;
    }

    private void RefuseOtherBuiltinType(FieldSymbol field, FieldSyntax syntax)
    {
        var wanted = field.Name switch { "time" => TypeKind.Time, "id" => TypeKind.Text, _ => TypeKind.Error };
        if (wanted == TypeKind.Error || field.Type.Kind == wanted || (syntax.Computed is null && field.Type.Kind == TypeKind.Error)) return;
        workspace.Add(EventErrors.BuiltinFieldType(syntax.Span, field.Name, wanted.ToString().ToLowerInvariant()));
    }
}
