using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>Lists: element type, and entries from the pack or from a file.</summary>
internal sealed class ListBinder(Workspace workspace)
{
    public void BindType(ListSymbol list)
    {
        var (scope, syntax) = workspace.Declarations[list];
        var statement = (ListStatement)syntax;
        list.Element = workspace.Types.Bind(scope, statement.Type, TypePlace.List).AsPresent();
        list.IgnoringCase = statement.IgnoringCase;
        if (list.Element.Kind == TypeKind.Error) workspace.Broken.Add(list);
        else if (statement.IgnoringCase && list.Element.Kind != TypeKind.Text) workspace.Add(TypeErrors.CaseOfNoText(statement.Type.Span, list.Element));
    }

    public void BindEntries(ListSymbol list)
    {
        var (scope, syntax) = workspace.Declarations[list];
        var statement = (ListStatement)syntax;
        if (list.Element.Kind is TypeKind.Error or TypeKind.List) return;
        if (statement.Entries is { } entries) Inline(list, scope, entries);
        else if (statement.From is { } from) FromFile(list, from);
    }

    private void Inline(ListSymbol list, PackScope scope, ListLiteral entries)
    {
        var binder = new ExpressionBinder(workspace, new ExpressionContext(scope, Hand.Nothing));
        var bound = new List<LiteralExpression>();
        foreach (var item in entries.Items)
        {
            var literal = binder.BindLiteral(item);
            if (literal.Type.Kind == TypeKind.Error) continue;
            if (Conversions.Literal(literal, list.Element) is { } entry) bound.Add(entry);
            else workspace.Add(ListErrors.WrongEntry(item.Span, list.Name, list.Element, literal.Type));
        }
        list.Entries = bound;
        RefuseTooMany(list, entries.Span);
    }

    private void FromFile(ListSymbol list, TextLiteral from)
    {
        list.File = from.Value;
        if (!IsInside(from.Value))
        {
            workspace.Add(ListErrors.OutsidePack(from.Span, from.Value));
            return;
        }
        if (workspace.Options.ReadList is not { } read) return;
        if (read(list.Pack.Name, from.Value) is not { } text)
        {
            workspace.Add(ListErrors.NoFile(from.Span, from.Value));
            return;
        }
        var parsed = ListFileReader.Parse(new SourceText(from.Value, text), list.Element);
        foreach (var diagnostic in parsed.Diagnostics) workspace.Add(diagnostic);
        list.Entries = [.. parsed.Entries.Select(e => e.Value)];
        list.EntryFacts = [.. parsed.Entries.Select(e => new ListEntryFacts(e.Source, e.Confidence, e.Expires))];
        RefuseTooMany(list, from.Span);
    }

    private void RefuseTooMany(ListSymbol list, TextSpan span)
    {
        if (list.Entries.Count > workspace.Options.MaximumListEntries)
            workspace.Add(ListErrors.TooManyEntries(span, list.Name, workspace.Options.MaximumListEntries));
    }

    /// <summary>A list file lies in the folder of its pack.</summary>
    private static bool IsInside(string path) =>
        path.Length > 0 && path[0] is not ('/' or '\\') && !path.Contains(':', StringComparison.Ordinal)
        && !path.Split('/', '\\').Contains("..");
}
