using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Sigma;

/// <summary>Builds nodes of the language's own syntax tree, with the places of the Sigma file they come from.</summary>
internal static class SigmaNodes
{
    /// <summary>The field that holds all values of an event, for keywords.</summary>
    public const string Everything = "whole event";

    public static Name Name(TextSpan span, string text) => new(span, text, Quoted: true);

    public static Path Single(TextSpan span, string name) => new(span, [Name(span, name)]);

    /// <summary>A field: dots lead into nested objects.</summary>
    public static Path FieldPath(TextSpan span, string field) =>
        IsBuiltin(field) ? Single(span, "field " + field) : new Path(span, [.. field.Split('.').Select(p => Name(span, p))]);

    /// <summary>What every event of the language has of its own; a Sigma field of that name is declared under another.</summary>
    public static bool IsBuiltin(string field) => field is "id" or "time" or "type" or "source";

    public static PathSyntax Field(TextSpan span, string field) => new(span, FieldPath(span, field));

    public static CallSyntax Call(TextSpan span, string function, ExpressionSyntax argument) =>
        new(span, new Path(span, [new Name(span, function, Quoted: false)]), [argument]);

    public static ExpressionSyntax Or(TextSpan span, IReadOnlyList<ExpressionSyntax> parts) => parts.Count == 1 ? parts[0] : new OrSyntax(span, parts);

    public static ExpressionSyntax And(TextSpan span, IReadOnlyList<ExpressionSyntax> parts) => parts.Count == 1 ? parts[0] : new AndSyntax(span, parts);

    public static NumberLiteral Number(TextSpan span, double value) =>
        value == Math.Floor(value) && Math.Abs(value) < 1e15 ? new NumberLiteral(span, true, (long)value, value) : new NumberLiteral(span, false, 0, value);

    public static DurationSyntax Duration(TextSpan span, long milliseconds) => new(span, new DurationLiteral(span, milliseconds), null);
}
