using static PolicyEngine.Language.Syntax.Generated.PolicyParser;

namespace PolicyEngine.Language.Syntax.Reading;

internal sealed partial class TreeBuilder
{
    private TestStatement Test(TestDeclContext c) => new(
        Span(c), Text(c.TEXT()), OptionalMoment(c.moment()), List(c.given(), Given), List(c.expectation(), Expectation));

    private GivenSyntax Given(GivenContext context) => context switch
    {
        GivenEventsContext c => GivenEvents(c),
        GivenLabelContext c => new GivenLabel(Span(c), Ref(c.@ref(0)), Ref(c.@ref(1)), Text(c.TEXT()), Optional(c.duration())),
        GivenEntryContext c => new GivenEntry(Span(c), Literal(c.literal()), Ref(c.@ref())),
        _ => throw new InvalidOperationException($"no given is built from {context.GetType().Name}"),
    };

    private GivenEvents GivenEvents(GivenEventsContext c)
    {
        var next = 0;
        DurationSyntax? Next(object? word) => word is null ? null : Duration(c.duration(next++));
        return new GivenEvents(
            Span(c), c.NUMBER() is { } times ? NumberOf(times) : null, Ref(c.@ref()), Next(c.AT()), Next(c.EVERY()), Next(c.FOR()),
            Record(c.record()));
    }

    private RecordSyntax Record(RecordContext c) => new(Span(c), List(c.pair(), Pair));

    private PairSyntax Pair(PairContext c) => new(
        Span(c), FieldPath(c.fieldPath()), c.literal() is { } value ? Literal(value) : null, c.record() is { } record ? Record(record) : null);

    private ExpectSyntax Expectation(ExpectationContext c)
    {
        var (kind, no, name, value) = c.what() switch
        {
            ExpectNothingContext => (ExpectKind.Nothing, false, null, null),
            ExpectLabelContext w => (ExpectKind.Label, w.NO() is not null, Ref(w.@ref()), null),
            ExpectNamedContext w => (ExpectKind.Named, w.NO() is not null, Ref(w.@ref()), null),
            ExpectValueContext w => (ExpectKind.Value, false, (Path?)null, (ExpressionSyntax?)Comparison(w.comparison(), 1)),
            var other => throw new InvalidOperationException($"no expectation is built from {other.GetType().Name}"),
        };
        return new ExpectSyntax(
            Span(c), c.TODO() is not null, no, kind, name, value,
            c.FOR() is null ? null : Ref(c.@ref(0)), OptionalText(c.TEXT()), c.BY() is null ? null : Ref(c.@ref()[^1]),
            c.NUMBER() is { } times ? NumberOf(times) : null,
            c.AT() is null ? null : Duration(c.duration(0)),
            c.BETWEEN() is null ? null : Duration(c.duration(0)), c.BETWEEN() is null ? null : Duration(c.duration(1)));
    }
}
