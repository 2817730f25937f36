using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>
/// Whether a value carries sensitive text. Tests and the fingerprint of `template` give nothing away; everything else that was made
/// from a sensitive field is sensitive itself.
/// </summary>
public static class Sensitivity
{
    public static bool Of(Expression expression) => expression switch
    {
        FieldRead read => read.ByEvent.Values.Any(f => f.Sensitive),
        StepRead step => Of(step.Read),
        CallExpression { Function: Function.Template } => false,
        CallExpression call => call.Arguments.Any(Of),
        ArithmeticExpression arithmetic => Of(arithmetic.Left) || Of(arithmetic.Right),
        NegateExpression negate => Of(negate.Operand),
        MeasureRead read => read.Measure.Sensitive,
        _ => false,
    };

    /// <summary>Aggregates whose result is one of the values that went in.</summary>
    internal static bool Shows(Aggregate aggregate) => aggregate is
        Aggregate.First or Aggregate.Latest or Aggregate.Previous or Aggregate.Min or Aggregate.Max or Aggregate.Percentile
        or Aggregate.Sum or Aggregate.Average;
}
