using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Checks.Warnings;

/// <summary>A range of numbers; an end is part of it when it is closed.</summary>
internal readonly record struct NumberRange(double Low, bool LowClosed, double High, bool HighClosed)
{
    public static readonly NumberRange All = new(double.NegativeInfinity, true, double.PositiveInfinity, true);

    public static readonly NumberRange NotNegative = All with { Low = 0 };

    public bool IsEmpty => Low > High || (Low == High && !(LowClosed && HighClosed));

    public static NumberRange Of(ComparisonOperator @operator, double value) => @operator switch
    {
        ComparisonOperator.Equal => new(value, true, value, true),
        ComparisonOperator.Less => All with { High = value, HighClosed = false },
        ComparisonOperator.LessOrEqual => All with { High = value },
        ComparisonOperator.Greater => All with { Low = value, LowClosed = false },
        ComparisonOperator.GreaterOrEqual => All with { Low = value },
        _ => All,
    };

    public NumberRange Intersect(NumberRange other)
    {
        var (low, lowClosed) = Low > other.Low ? (Low, LowClosed) : Low < other.Low ? (other.Low, other.LowClosed) : (Low, LowClosed && other.LowClosed);
        var (high, highClosed) = High < other.High ? (High, HighClosed) : High > other.High ? (other.High, other.HighClosed) : (High, HighClosed && other.HighClosed);
        return new(low, lowClosed, high, highClosed);
    }
}
