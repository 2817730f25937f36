using System.Text;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>What a decision shows of its reasons: the clause tree, the operands, the text of `because` (K3).</summary>
internal sealed class EvidenceLowering(LoweringContext context)
{
    public IReadOnlyList<TemplatePiece> Template(TextTemplate? template, Scope scope) =>
        [.. (template?.Parts ?? []).Select(p => p.Hole is { } hole
            ? new TemplatePiece(null, context.Expressions.Lower(hole, scope))
            : new TemplatePiece(Encoding.UTF8.GetBytes(p.Text!), -1))];

    public ClausePlan? Clauses(RuleSymbol rule, Scope scope)
    {
        if (rule.When.Count == 0) return null;
        var parts = rule.When.Select(c => Clause(c.Condition, scope)).ToList();
        if (parts.Count == 1) return parts[0];
        return new ClausePlan(ClauseKind.And, context.Nodes.And(parts.Select(p => p.Node)), "", 0, parts);
    }

    public IReadOnlyList<OperandPlan> Operands(RuleSymbol rule, Scope scope) =>
        Operands([.. RuleParts.Conditions(rule), .. RuleParts.Holes(rule)], scope);

    public IReadOnlyList<OperandPlan> Operands(IReadOnlyList<Expression> expressions, Scope scope)
    {
        var reads = expressions.SelectMany(ExpressionWalk.All)
            .Select(e => (Name: NameOf(e), Expression: e)).Where(r => r.Name is not null)
            .Select(r => new OperandPlan(r.Name!, context.Expressions.Lower(r.Expression, scope)));
        return [.. reads.DistinctBy(o => o.Name).OrderBy(o => o.Name, StringComparer.Ordinal)];
    }

    private ClausePlan Clause(Expression expression, Scope scope)
    {
        var node = context.Expressions.Lower(expression, scope);
        ClausePlan Compound(ClauseKind kind, int count, IEnumerable<Expression> parts) =>
            new(kind, node, "", count, [.. parts.Select(p => Clause(p, scope))]);
        return expression switch
        {
            AndExpression e => Compound(ClauseKind.And, 0, e.Parts),
            OrExpression e => Compound(ClauseKind.Or, 0, e.Parts),
            AtLeastExpression e => Compound(ClauseKind.AtLeast, e.Count, e.Conditions),
            NotExpression e when IsCompound(e.Operand) => Compound(ClauseKind.Not, 0, [e.Operand]),
            _ => new ClausePlan(ClauseKind.Test, node, Fold(expression.Span), 0, []),
        };
    }

    private static bool IsCompound(Expression e) => e is AndExpression or OrExpression or AtLeastExpression;

    private static string? NameOf(Expression expression) => expression switch
    {
        FieldRead e => e.Name,
        BuiltinRead e => e.Field.ToString().ToLowerInvariant(),
        MeasureRead { Explicit: false } e => e.Measure.Name,
        MeasureRead e => Fold(e.Span),
        ScoreRead e => e.Score.Name,
        GroupPropertyRead e => $"{GroupLowering.LinkOf(e.Group).Name}.{e.Property.ToString().ToLowerInvariant()}",
        StepRead e => Fold(e.Span),
        AlignmentRead e => $"{e.Measure.Measure.Name}.{e.Part.ToString().ToLowerInvariant()}",
        _ => null,
    };

    /// <summary>Source text on one line.</summary>
    private static string Fold(TextSpan span) => string.Join(' ', span.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
