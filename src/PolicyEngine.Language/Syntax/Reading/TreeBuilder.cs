using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using PolicyEngine.Language.Text;
using static PolicyEngine.Language.Syntax.Generated.PolicyParser;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>Parser contexts to syntax nodes, one statement at a time. Only complete contexts come here.</summary>
internal sealed partial class TreeBuilder(SourceText source, SyntaxReport report, ParseLimits limits)
{
    public Statement Statement(StatementContext context) => context.GetChild(0) switch
    {
        PackDeclContext c => new PackStatement(Span(c), Name(c.NAME()), List(c.metadata(), Metadata)),
        UseDeclContext c => new UseStatement(Span(c), Name(c.NAME())),
        EntityDeclContext c => new EntityStatement(Span(c), Name(c.name())),
        EventDeclContext c when c.EQ() is not null => new NamedEventStatement(
            Span(c), Name(c.name()), Sources(c.sources()), Optional(c.expression())),
        EventDeclContext c => new EventStatement(Span(c), Name(c.name()), OptionalText(c.TEXT()), List(c.field(), Field)),
        ExtendDeclContext c => new ExtendStatement(Span(c), Ref(c.@ref()), List(c.computed(), Computed)),
        ResponsesDeclContext c => new ResponsesStatement(Span(c), List(c.responseDecl(), Response)),
        LabelDeclContext c => new LabelStatement(Span(c), Name(c.name()), Ref(c.@ref()), OptionalText(c.TEXT())),
        ListDeclContext c => new ListStatement(
            Span(c), Name(c.name()), Type(c.type()), c.IGNORING() is not null, OptionalText(c.TEXT()),
            c.listLiteral() is { } list ? ListOf(list) : null),
        LetDeclContext c => new LetStatement(Span(c), Name(c.name()), Expression(c.expression())),
        DefineDeclContext c => new DefineStatement(Span(c), Name(c.name()), Parameters(c.parameters()), Expression(c.expression())),
        MeasureDeclContext c => Measure(c),
        LinkDeclContext c => Link(c),
        ScoreDeclContext c => new ScoreStatement(Span(c), Name(c.name()), Ref(c.@ref()), Duration(c.duration())),
        RuleDeclContext c => Rule(c),
        RecipeDeclContext c => Recipe(c),
        ExceptDeclContext c => new ExceptForStatement(
            Span(c), Sources(c.sources()), Expression(c.expression()), OptionalMoment(c.moment()), Text(c.TEXT())),
        TestDeclContext c => Test(c),
        var other => throw new InvalidOperationException($"no statement is built from {other.GetType().Name}"),
    };

    private FieldSyntax Field(FieldContext c) => new(
        Span(c), FieldPath(c.fieldPath()), c.type() is { } type ? Type(type) : null, c.SENSITIVE() is not null, OptionalText(c.TEXT()),
        Optional(c.expression()));

    private FieldSyntax Computed(ComputedContext c) =>
        new(Span(c), FieldPath(c.fieldPath()), null, false, null, Expression(c.expression()));

    private TypeSyntax Type(TypeContext c)
    {
        var name = c.typeName();
        var path = name.@ref() is { } reference ? Ref(reference) : new Path(Span(name), [new Name(Span(name), name.GetText(), false)]);
        return new TypeSyntax(Span(c), c.LIST() is not null, path, c.QUESTION() is not null);
    }

    private ResponseSyntax Response(ResponseDeclContext c) => new(
        Span(c), c.ALSO() is not null, Name(c.name()), Ref(c.@ref()),
        List(c.responseParameter(), p => new ResponseParameterSyntax(Span(p), p.preposition().GetText(), Type(p.type()))));

    private IReadOnlyList<ParameterSyntax> Parameters(ParametersContext c) =>
        List(c.parameter(), p => new ParameterSyntax(Span(p), Name(p.name()), Type(p.type())));

    // ---- names ----

    private Path Ref(RefContext c) => new(Span(c), List(c.name(), Name));

    private Path FieldPath(FieldPathContext c) => new(Span(c), List(c.word(), Word));

    private Path Path(PathContext c) => new(Span(c), List(c.word(), Word));

    private Name Name(NameContext c) => Name((ITerminalNode)c.GetChild(0));

    private Name Word(WordContext c) => WordOf(c);

    private Name WordOf(ParserRuleContext c) =>
        c.Start.Type is QUOTED ? Quoted(c.Start) : new Name(Span(c), c.Start.Text, false);

    private Name Name(ITerminalNode node) =>
        node.Symbol.Type is QUOTED ? Quoted(node.Symbol) : new Name(node.Symbol.Span(source), node.Symbol.Text, false);

    private Name Quoted(IToken token) => new(token.Span(source), token.Text.Trim('`'), true);

    private IReadOnlyList<Path> Sources(SourcesContext c) => List(c.@ref(), Ref);

    // ---- small help ----

    private TextSpan Span(ParserRuleContext c)
    {
        var start = c.Start.StartIndex;
        var stop = c.Stop is null ? start : c.Stop.StopIndex + 1;
        return new TextSpan(source, start, Math.Max(0, stop - start));
    }

    private static T[] List<TContext, T>(TContext[] contexts, Func<TContext, T> build)
    {
        if (contexts.Length == 0) return [];
        var built = new T[contexts.Length];
        for (var i = 0; i < built.Length; i++) built[i] = build(contexts[i]);
        return built;
    }

    private ExpressionSyntax? Optional(ExpressionContext? c) => c is null ? null : Expression(c);

    private DurationSyntax? Optional(DurationContext? c) => c is null ? null : Duration(c);

    private DurationSyntax Duration(DurationContext c) => c.DURATION() is { } literal
        ? new DurationSyntax(Span(c), DurationOf(literal.Symbol), null)
        : new DurationSyntax(Span(c), null, Name(c.name()));
}
