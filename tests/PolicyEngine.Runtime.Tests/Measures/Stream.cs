using PolicyEngine.Runtime.Measures;

namespace PolicyEngine.Runtime.Tests.Measures;

/// <summary>One event as a family sees it. Key −1: missing. Amounts that are null are missing; handles of text likewise.</summary>
public sealed record Happening(long Time, int Key, bool IsFed, bool IsRead)
{
    public bool Numerator { get; init; }
    public long? Integer { get; init; }
    public double? Number { get; init; }
    public int? Text { get; init; }

    public override string ToString() =>
        $"({Time}, k{Key}{(IsFed ? " fed" : "")}{(IsRead ? " read" : "")}{(Numerator ? " c" : "")} i{Integer} n{Number} t{Text})";
}

/// <summary>Arithmetic over the gap that a test policy could ask for: 2·gap + 1, and 7 where there is no gap.</summary>
internal sealed class TwiceTheGap : IGapAmount
{
    public static MeasureValue Of(long? gap) => MeasureValue.Of(gap is { } g ? 2 * g + 1 : 7);

    public MeasureValue Evaluate(int slot, int row, MeasureValue gap) => Of(gap.IsPresent ? gap.Bits : null);
}
