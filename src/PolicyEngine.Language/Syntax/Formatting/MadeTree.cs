using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Syntax.Formatting;

/// <summary>
/// A tree that was made out of another format, so that it can be laid out as policy text: without the places of that format, with backticks
/// only where they are needed, and with parentheses, which such a tree has none of. What is joined alike is joined once, and `ignoring case`
/// is said only of what has a case.
/// </summary>
/// <param name="sources">New names of events and rules.</param>
/// <param name="values">New names of measures.</param>
internal sealed class MadeTree(IReadOnlyDictionary<string, string> sources, IReadOnlyDictionary<string, string> values)
{
    private static readonly TextSpan None = TextSpan.None;
    private static readonly MadeTree Unnamed = new(new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>What stands after the `=` of a measure, in one line.</summary>
    public static string Definition(MeasureStatement measure)
    {
        var made = (MeasureStatement)Unnamed.Of(measure);
        var keys = made.Keys.Count > 0 ? $" per {ExpressionText.Keys(made.Keys)}" : "";
        return $"{Layout.FunctionText(made.Function)}{ExpressionText.After(" where ", made.Where)}{keys}{(made.Window is { } window ? " " + Layout.WindowText(window) : "")}";
    }

    public Statement Of(Statement statement) => statement switch
    {
        EventStatement s => s with { Span = None, Name = Source(s.Name), From = Text(s.From), Fields = [.. s.Fields.Select(Field)] },
        NamedEventStatement s => s with { Span = None, Name = Source(s.Name), Sources = Sources(s.Sources), Where = Optional(s.Where) },
        MeasureStatement s => s with
        {
            Span = None, Name = Named(values, s.Name), Function = Function(s.Function), Where = Optional(s.Where), Keys = Keys(s.Keys), Window = Window(s.Window),
        },
        RuleStatement { Body: { } body } s => s with
        {
            Span = None, Name = Source(s.Name), Title = Text(s.Title), Body = Body(body), Clauses = [.. s.Clauses.Select(Clause)],
        },
        TestStatement s => s with
        {
            Span = None, Title = Text(s.Title)!, Givens = [.. s.Givens.Select(Given)], Expectations = [.. s.Expectations.Select(e => e with { Span = None })],
        },
        UseStatement s => s with { Span = None, Pack = Plain(s.Pack.Text) },
        _ => throw new InvalidOperationException($"{statement.GetType().Name} is not made out of another format"),
    };

    private GivenSyntax Given(GivenSyntax given) =>
        given is GivenEvents e ? e with { Span = None, Event = new Path(None, [.. e.Event.Parts.Select(Source)]) } : given with { Span = None };

    private FieldSyntax Field(FieldSyntax field) => field with
    {
        Span = None, Path = Plain(field.Path), Type = field.Type is { } type ? type with { Span = None, Name = Plain(type.Name) } : null,
        From = Text(field.From), Computed = Optional(field.Computed),
    };

    private FunctionSyntax Function(FunctionSyntax function) => function with
    {
        Span = None, Percentile = function.Percentile is { } percentile ? percentile with { Span = None } : null,
        Amount = Optional(function.Amount), Sources = Sources(function.Sources),
    };

    private static WindowSyntax? Window(WindowSyntax? window) => window switch
    {
        null => null,
        SlidingWindowSyntax w => new SlidingWindowSyntax(None, Duration(w.Length)!, Duration(w.Step), Duration(w.Ending)),
        _ => throw new InvalidOperationException($"{window.GetType().Name} is not made out of another format"),
    };

    private RuleBody Body(RuleBody body) => new(
        None, Trigger(body.Trigger), Optional(body.When), [.. body.Exceptions.Select(Except)],
        [.. body.Actions.Select(a => a with { Span = None, Act = Act(a.Act) })], Text(body.Because));

    private TriggerSyntax Trigger(TriggerSyntax trigger) => trigger switch
    {
        EachTriggerSyntax t => new EachTriggerSyntax(None, Sources(t.Sources)),
        KeyedTriggerSyntax t => new KeyedTriggerSyntax(None, Step(t.First), Keys(t.Keys),
            [.. t.Follows.Select(f => f with { Span = None, Step = Step(f.Step) })], Duration(t.Within), t.Until is { } until ? Step(until) : null),
        _ => throw new InvalidOperationException($"{trigger.GetType().Name} is not made out of another format"),
    };

    private StepSyntax Step(StepSyntax step) => step with { Span = None, Sources = Sources(step.Sources), Where = Optional(step.Where) };

    private ExceptSyntax Except(ExceptSyntax e) => e with { Span = None, When = Of(e.When), Because = Text(e.Because)! };

    private static ActSyntax Act(ActSyntax act) =>
        act is ObserveAct ? new ObserveAct(None) : act;

    private static ClauseSyntax Clause(ClauseSyntax clause) => clause switch
    {
        MetadataClause { Metadata: SeverityMetadata m } => new MetadataClause(None, m with { Span = None }),
        MetadataClause { Metadata: TagsMetadata m } => new MetadataClause(None, new TagsMetadata(None, [.. m.Tags.Select(t => Text(t)!)])),
        _ => clause with { Span = None },
    };

    // ---- expressions ----

    private ExpressionSyntax? Optional(ExpressionSyntax? expression) => expression is null ? null : Of(expression);

    private ExpressionSyntax Of(ExpressionSyntax expression) => Simple(expression) switch
    {
        OrSyntax e => new OrSyntax(None, [.. Parts<OrSyntax>(e, o => o.Parts)]),
        AndSyntax e => new AndSyntax(None, [.. Parts<AndSyntax>(e, a => a.Parts)]),
        NotSyntax e => new NotSyntax(None, Grouped(e.Operand)),
        ComparisonSyntax e => e with { Span = None, Left = Of(e.Left), Right = Of(e.Right), IgnoringCase = e.IgnoringCase && HasCase(e.Right) },
        InSyntax e => e with { Span = None, Operand = Of(e.Operand), Set = Of(e.Set), IgnoringCase = e.IgnoringCase && HasCase(e.Set) },
        TextTestSyntax e => e with { Span = None, Operand = Of(e.Operand), Pattern = Of(e.Pattern), IgnoringCase = e.IgnoringCase && HasCase(e.Pattern) },
        PresenceSyntax e => e with { Span = None, Operand = Of(e.Operand) },
        AtLeastSyntax e => new AtLeastSyntax(None, e.Count with { Span = None }, [.. e.Conditions.Select(Of)]),
        PathSyntax { Path.Parts: [var only] } e => new PathSyntax(None, new Path(None, [Named(values, only)])),
        PathSyntax e => new PathSyntax(None, Plain(e.Path)),
        CallSyntax e => new CallSyntax(None, Plain(e.Function), [.. e.Arguments.Select(Of)]),
        ListLiteral e => new ListLiteral(None, [.. e.Items.Select(i => i with { Span = None })]),
        // The rest is in the words of the language already.
        var e => e with { Span = None },
    };

    private IEnumerable<ExpressionSyntax> Parts<T>(T whole, Func<T, IReadOnlyList<ExpressionSyntax>> parts) where T : ExpressionSyntax =>
        parts(whole).SelectMany(p => Simple(p) is T inner ? Parts(inner, parts) : [Grouped(p)]);

    /// <summary>Without a negation of a negation.</summary>
    private static ExpressionSyntax Simple(ExpressionSyntax e) => e is NotSyntax { Operand: NotSyntax inner } ? Simple(inner.Operand) : e;

    /// <summary>`and` within `or` could do without; whoever reads it could not.</summary>
    private ExpressionSyntax Grouped(ExpressionSyntax part) =>
        Simple(part) is OrSyntax or AndSyntax ? new ParenthesisedSyntax(None, Of(part)) : Of(part);

    /// <summary>Digits and signs are the same in every case; whether signs beyond ASCII are is not for here to know.</summary>
    private static bool HasCase(ExpressionSyntax value) => value switch
    {
        ListLiteral list => list.Items.Any(HasCase),
        TextLiteral text => text.Value.Any(c => !char.IsAscii(c) || char.IsAsciiLetter(c)),
        _ => true,
    };

    // ---- names ----

    private static IReadOnlyList<KeySyntax> Keys(IReadOnlyList<KeySyntax> keys) => [.. keys.Select(k => k with { Span = None, Path = Plain(k.Path) })];

    private IReadOnlyList<Path> Sources(IReadOnlyList<Path> paths) => [.. paths.Select(p => new Path(None, [.. p.Parts.Select(Source)]))];

    private Name Source(Name name) => Named(sources, name);

    private static Path Plain(Path path) => new(None, [.. path.Parts.Select(p => Plain(p.Text))]);

    private static Name Named(IReadOnlyDictionary<string, string> renamed, Name name) => Plain(renamed.GetValueOrDefault(name.Text, name.Text));

    private static Name Plain(string name) => new(None, name, Quoted: !NameText.IsPlain(name));

    private static TextLiteral? Text(TextLiteral? text) => text is null ? null : text with { Span = None };

    private static DurationSyntax? Duration(DurationSyntax? duration) => duration is null ? null : new DurationSyntax(None, duration.Literal! with { Span = None }, null);
}
