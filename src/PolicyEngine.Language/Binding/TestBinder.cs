using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>Tests: what is given and what is expected, in virtual time.</summary>
internal sealed class TestBinder(Workspace workspace, PackScope scope)
{
    /// <summary>2026-01-01T00:00Z</summary>
    private const long DefaultStart = 1_767_225_600_000;

    public TestSymbol Bind(TestStatement statement)
    {
        var test = new TestSymbol(scope.Pack, statement.Title.Value, statement.Title.Span)
        {
            Starting = statement.Starting?.Milliseconds ?? DefaultStart,
        };
        test.Givens = [.. statement.Givens.Select(Given).OfType<Given>()];
        test.Expectations = [.. statement.Expectations.Select(new ExpectationBinder(workspace, scope).Bind).OfType<Expectation>()];
        var events = test.Givens.OfType<EventsGiven>().Sum(g => (double)g.Count);
        if (events > workspace.Options.MaximumTestEvents) workspace.Add(TestErrors.TooManyEvents(statement.Title.Span, workspace.Options.MaximumTestEvents));
        return test;
    }

    private Given? Given(GivenSyntax syntax) => syntax switch
    {
        GivenEvents events => Events(events),
        GivenLabel label => Label(label),
        GivenEntry entry => Entry(entry),
        _ => throw new InvalidOperationException($"unexpected given {syntax.GetType().Name}"),
    };

    private EventsGiven? Events(GivenEvents syntax)
    {
        var source = workspace.Names.Source(scope, syntax.Event);
        if (source is null || workspace.Broken.Contains(source)) return null;
        if (source is not EventSymbol on)
        {
            workspace.Add(TestErrors.GivenNoEvent(syntax.Event.Span, syntax.Event.Text, Report.Kind(source), source.Underlying));
            return null;
        }
        var at = syntax.At is null ? 0 : workspace.Lets.Duration(scope, syntax.At) ?? 0;
        var every = syntax.Every is null ? null : workspace.Lets.PositiveDuration(scope, syntax.Every);
        var count = Count(syntax, every);
        var fields = new List<GivenField>();
        Fields(on, syntax.Record, "", fields);
        return new EventsGiven(syntax.Span, on, at, every, count, fields);
    }

    private long Count(GivenEvents syntax, long? every)
    {
        if (syntax.Times is { } times)
        {
            if (syntax.For is not null) workspace.Add(TestErrors.TimesAndFor(syntax.For.Span));
            if (times.IsInteger && times.Integer > 0) return times.Integer;
            workspace.Add(TestErrors.NotACount(times.Span));
            return 1;
        }
        if (syntax.Every is null || every is null) return 1;
        if (syntax.For is null)
        {
            workspace.Add(TestErrors.EveryWithoutEnd(syntax.Every.Span));
            return 1;
        }
        var length = workspace.Lets.PositiveDuration(scope, syntax.For) ?? 1;
        return ((length - 1) / every.Value) + 1;
    }

    private void Fields(EventSymbol on, RecordSyntax record, string prefix, List<GivenField> fields)
    {
        foreach (var pair in record.Pairs)
        {
            var name = prefix + pair.Path.Text;
            if (pair.Record is { } inner) Fields(on, inner, name + ".", fields);
            else if (Field(on, pair, name) is { } field)
            {
                if (fields.Exists(f => f.Field == field.Field)) workspace.Add(TestErrors.FieldTwice(pair.Path.Span, name));
                else fields.Add(field);
            }
        }
    }

    private GivenField? Field(EventSymbol on, PairSyntax pair, string name)
    {
        var field = on.Fields.FirstOrDefault(f => f.Name == name && f.ExtendedBy is null);
        if (field is null)
        {
            workspace.Add(TestErrors.UnknownField(pair.Path, name, on, [.. on.Fields.Where(f => f.OutsidePath.Count > 0).Select(f => f.Name)]));
            return null;
        }
        if (field.OutsidePath.Count == 0)
        {
            workspace.Add(TestErrors.ComputedField(pair.Path.Span, name));
            return null;
        }
        var literal = new ExpressionBinder(workspace, new ExpressionContext(scope, Hand.Nothing)).BindLiteral(pair.Value!);
        if (literal.Type.Kind == TypeKind.Error || field.Type.Kind == TypeKind.Error) return null;
        if (Conversions.Literal(literal, field.TakesAnything ? literal.Type : field.Type) is { } value) return new GivenField(field, value);
        workspace.Add(TestErrors.FieldType(pair.Value!.Span, name, field.Type, literal.Type).Beside(field.Span, "declared here"));
        return null;
    }

    private LabelGiven? Label(GivenLabel syntax)
    {
        var label = workspace.Names.Label(scope, syntax.Label);
        var entity = workspace.Names.Entity(scope, syntax.Entity);
        if (label is null || entity is null || workspace.Broken.Contains(label)) return null;
        if (label.Link is not null) workspace.Add(LinkErrors.GroupLabelInTest(syntax.Label.Span, label).Beside(label.Span, "declared here"));
        else if (label.Entity != entity)
            workspace.Add(RuleErrors.LabelTriggerEntity(syntax.Entity.Span, label, entity).Beside(label.Span, "declared here"));
        if (label.Link is not null || label.Entity != entity) return null;
        return new LabelGiven(syntax.Span, label, syntax.Id.Value, syntax.At is null ? 0 : workspace.Lets.Duration(scope, syntax.At) ?? 0);
    }

    private EntryGiven? Entry(GivenEntry syntax)
    {
        var list = workspace.Names.Value<ListSymbol>(scope, syntax.List, "list");
        var literal = new ExpressionBinder(workspace, new ExpressionContext(scope, Hand.Nothing)).BindLiteral(syntax.Value);
        if (list is null || literal.Type.Kind == TypeKind.Error || list.Element.Kind == TypeKind.Error) return null;
        if (Conversions.Literal(literal, list.Element) is { } value) return new EntryGiven(syntax.Span, list, value);
        workspace.Add(ListErrors.WrongEntry(syntax.Value.Span, list.Name, list.Element, literal.Type).Beside(list.Span, "declared here"));
        return null;
    }
}
