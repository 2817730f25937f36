using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Matching;

/// <summary>State that answers by formula, so that rows and batches can be asked alike.</summary>
internal sealed class TestFacts(Plan plan) : IFacts
{
    public bool HasLabel(int label, int entity, View view, bool had, long olderThan, long tau) => (entity + label) % 2 == (had ? 0 : 1);

    public double Score(int score, int entity, View view, long tau) => entity * 10 + score;

    public MeasureValue Measure(int measure, int key, long tau, long ordinal)
    {
        if ((key + measure) % 3 == 0) return MeasureValue.Missing;
        var result = plan.Measures[measure].Result;
        if (plan.Measures[measure].AmountDomain >= 0) return MeasureValue.Of(0L);
        if (result == ValueKind.Boolean) return MeasureValue.Of(key % 2L);
        return result is ValueKind.Number or ValueKind.Share or ValueKind.Rate ? MeasureValue.Of(key / 2.0) : MeasureValue.Of((long)key);
    }

    public bool Fired(int rule, View view) => rule == 1;
}
