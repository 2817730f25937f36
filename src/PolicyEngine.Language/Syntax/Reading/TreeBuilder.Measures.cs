using Antlr4.Runtime;
using static PolicyEngine.Language.Syntax.Generated.PolicyParser;

namespace PolicyEngine.Language.Syntax.Reading;

internal sealed partial class TreeBuilder
{
    private MeasureStatement Measure(MeasureDeclContext c)
    {
        var (function, where) = (Function(c.function()), Optional(c.expression()));
        if (c.trailingWhere() is { } trailing)
        {
            if (function.By is null || where is not null)
                report.Add(SyntaxMessages.WhereBehindWindow(trailing.WHERE().Symbol.Span(source), where is not null));
            where ??= Expression(trailing.expression());
        }
        return new MeasureStatement(
            Span(c), Name(c.name()), function, where, c.keys() is { } keys ? Keys(keys) : [], c.window() is { } window ? Window(window) : null);
    }

    private FunctionSyntax Function(FunctionContext context) => context switch
    {
        CountFunctionContext c => Count(c),
        AmountFunctionContext c => new FunctionSyntax(
            Span(c), AggregateOf(c.Start), null, Additive(c.additive(), 1), Sources(c.sources()), null, null),
        PercentileFunctionContext c => new FunctionSyntax(
            Span(c), Aggregate.Percentile, NumberOf(c.NUMBER()), Additive(c.additive(), 1), Sources(c.sources()), null, null),
        AlignmentFunctionContext c => new FunctionSyntax(
            Span(c), Aggregate.Alignment, null, Additive(c.additive(), 1), Sources(c.sources()), null, Duration(c.duration())),
        SinceFunctionContext c => new FunctionSyntax(
            Span(c), c.FIRST() is null ? Aggregate.SinceLast : Aggregate.SinceFirst, null, null, Sources(c.sources()), null, null),
        _ => throw new InvalidOperationException($"no function is built from {context.GetType().Name}"),
    };

    /// <summary>`share of account by card of payment`: the entity is the amount, the events that join it to the key are the sources.</summary>
    private FunctionSyntax Count(CountFunctionContext c)
    {
        var aggregate = AggregateOf(c.Start);
        var sources = List(c.@ref(), Ref);
        if (c.keys() is not { } keys) return new FunctionSyntax(Span(c), aggregate, null, null, sources, null, null);
        if (aggregate is Aggregate.Rate || sources.Length > 1)
            report.Add(SyntaxMessages.ByNeedsOneEntity(c.BY().Symbol.Span(source), aggregate is Aggregate.Rate));
        return new FunctionSyntax(
            Span(c), aggregate, null, new PathSyntax(sources[0].Span, sources[0]), Sources(c.sources()), Keys(keys), null);
    }

    private static Aggregate AggregateOf(IToken token) => token.Type switch
    {
        COUNT => Aggregate.Count,
        RATE => Aggregate.Rate,
        SHARE => Aggregate.Share,
        SUM => Aggregate.Sum,
        AVERAGE => Aggregate.Average,
        MIN => Aggregate.Min,
        MAX => Aggregate.Max,
        VARIATION => Aggregate.Variation,
        DISTINCT => Aggregate.Distinct,
        ENTROPY => Aggregate.Entropy,
        TOP_SHARE => Aggregate.TopShare,
        FIRST => Aggregate.First,
        LATEST => Aggregate.Latest,
        PREVIOUS => Aggregate.Previous,
        _ => throw new InvalidOperationException($"`{token.Text}` is no function"),
    };

    private IReadOnlyList<KeySyntax> Keys(KeysContext c) => List(c.key(), Key);

    private KeySyntax Key(KeyContext c)
    {
        var names = new List<Name> { WordOf(c.keyWord()) };
        foreach (var word in c.word()) names.Add(Word(word));
        var path = new Path(names[0].Span.To(names[^1].Span), names);
        return new KeySyntax(Span(c), path, c.LPAREN() is null ? null : Arguments(c.arguments(), 1));
    }

    private WindowSyntax Window(WindowContext context) => context switch
    {
        SlidingWindowContext c => new SlidingWindowSyntax(
            Span(c), Duration(c.duration(0)), c.STEP() is null ? null : Duration(c.duration(1)),
            c.ENDING() is null ? null : Duration(c.duration()[^1])),
        TumblingWindowContext c => new TumblingWindowSyntax(Span(c), Duration(c.duration())),
        SessionWindowContext c => new SessionWindowSyntax(Span(c), Duration(c.duration())),
        _ => throw new InvalidOperationException($"no window is built from {context.GetType().Name}"),
    };

    private LinkStatement Link(LinkDeclContext c) => new(
        Span(c), Name(c.name()), Ref(c.@ref()), Duration(c.duration(0)), c.STEP() is null ? null : Duration(c.duration(1)),
        List(c.linkBy(), by => new LinkBySyntax(Span(by), Keys(by.keys()), Sources(by.sources()), List(by.linkCap(), Cap))));

    private LinkCapSyntax Cap(LinkCapContext c) => new(
        Span(c), c.MORE_() is not null, NumberOf(c.NUMBER()), c.@ref() is { } label ? Ref(label) : null);
}
