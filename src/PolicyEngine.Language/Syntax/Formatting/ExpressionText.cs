namespace PolicyEngine.Language.Syntax.Formatting;

/// <summary>Expressions, names and small parts on one line. Literals are shown as they were written, or by their value where nothing was.</summary>
internal static class ExpressionText
{
    public static string Of(ExpressionSyntax expression) => expression switch
    {
        OrSyntax e => string.Join(" or ", e.Parts.Select(Of)),
        AndSyntax e => string.Join(" and ", e.Parts.Select(Of)),
        NotSyntax e => $"not {Of(e.Operand)}",
        ComparisonSyntax e => $"{Of(e.Left)} {Sign(e.Operator)} {Of(e.Right)}{Fold(e.IgnoringCase)}",
        InSyntax e => $"{Of(e.Operand)} {Not(e.Not)}in {Of(e.Set)}{Fold(e.IgnoringCase)}",
        BetweenSyntax e => $"{Of(e.Operand)} {Not(e.Not)}between {Of(e.Low)} and {Of(e.High)}",
        TextTestSyntax e => $"{Of(e.Operand)} {Not(e.Not)}{Word(e.Operator)} {Word(e.Quantifier)}{Of(e.Pattern)}{Fold(e.IgnoringCase)}",
        PresenceSyntax e => $"{Of(e.Operand)} is {Word(e.Test)}",
        LabelTestSyntax e => $"{Of(e.Operand)} {Not(e.Not)}{(e.Had ? "had" : "has")} label {Of(e.Label)}{After(" older than ", e.OlderThan)}",
        AtLeastSyntax e => $"at least {Of(e.Count)} of ({List(e.Conditions)})",
        ArithmeticSyntax e => $"{Of(e.Left)} {Sign(e.Operator)} {Of(e.Right)}",
        // Two minus signs in a row would begin a comment.
        NegateSyntax { Operand: NegateSyntax } e => $"- {Of(e.Operand)}",
        NegateSyntax e => $"-{Of(e.Operand)}",
        ParenthesisedSyntax e => $"({Of(e.Inner)})",
        PathSyntax e => Of(e.Path),
        CallSyntax e => $"{Of(e.Function)}({List(e.Arguments)})",
        RateLiteral e => $"{Of(e.Count)} per {e.Unit}",
        ListLiteral e => $"[{List(e.Items)}]",
        // A tree that was made, not read, has no places.
        LiteralSyntax e => e.Span.Length > 0 ? e.Span.Text : LiteralText.Of(e),
        _ => throw new InvalidOperationException($"no layout for {expression.GetType().Name}"),
    };

    public static string Of(Path path) => string.Join('.', path.Parts.Select(Of));

    public static string Of(Name name) => name.Quoted ? $"`{name.Text}`" : name.Text;

    public static string Of(DurationSyntax duration) => duration.Literal is { } literal ? Of(literal) : Of(duration.Let!);

    public static string Of(KeySyntax key) => Of(key.Path) + (key.Arguments is { } arguments ? $"({List(arguments)})" : "");

    public static string Of(TypeSyntax type) =>
        (type.IsList ? $"list<{Of(type.Name)}>" : Of(type.Name)) + (type.Optional ? "?" : "");

    public static string Keys(IEnumerable<KeySyntax> keys) => string.Join(", ", keys.Select(Of));

    public static string Sources(IEnumerable<Path> sources) => string.Join(", ", sources.Select(Of));

    public static string List(IEnumerable<ExpressionSyntax> expressions) => string.Join(", ", expressions.Select(Of));

    public static string Parameters(IEnumerable<ParameterSyntax> parameters) =>
        string.Join(", ", parameters.Select(p => $"{Of(p.Name)}: {Of(p.Type)}"));

    public static string After(string words, DurationSyntax? duration) => duration is null ? "" : words + Of(duration);

    public static string After(string words, ExpressionSyntax? expression) => expression is null ? "" : words + Of(expression);

    public static string After(string words, Path? path) => path is null ? "" : words + Of(path);

    public static string Sign(ComparisonOperator sign) => sign switch
    {
        ComparisonOperator.Equal => "=",
        ComparisonOperator.NotEqual => "!=",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        _ => ">=",
    };

    private static string Sign(ArithmeticOperator sign) => sign switch
    {
        ArithmeticOperator.Add => "+",
        ArithmeticOperator.Subtract => "-",
        ArithmeticOperator.Multiply => "*",
        _ => "/",
    };

    private static string Word(TextOperator word) => word switch
    {
        TextOperator.Contains => "contains",
        TextOperator.StartsWith => "starts with",
        TextOperator.EndsWith => "ends with",
        TextOperator.Like => "like",
        _ => "matches",
    };

    private static string Word(Quantifier word) => word switch
    {
        Quantifier.Any => "any of ",
        Quantifier.All => "all of ",
        _ => "",
    };

    private static string Word(PresenceTest word) => word switch
    {
        PresenceTest.Missing => "missing",
        PresenceTest.Null => "null",
        _ => "present",
    };

    private static string Not(bool not) => not ? "not " : "";

    private static string Fold(bool ignoringCase) => ignoringCase ? " ignoring case" : "";
}
