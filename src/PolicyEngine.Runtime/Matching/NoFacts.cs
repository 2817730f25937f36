using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>For plain nodes, which ask no state but measures the engine has put into the batch.</summary>
internal sealed class NoFacts : IFacts
{
    public static readonly NoFacts Instance = new();

    public bool HasLabel(int label, int entity, View view, bool had, long olderThan, long tau) => throw NotPlain("labels");

    public double Score(int score, int entity, View view, long tau) => throw NotPlain("scores");

    public MeasureValue Measure(int measure, int key, long tau, long ordinal) => MeasureValue.Missing;

    public bool Fired(int rule, View view) => throw NotPlain("firings");

    private static InvalidOperationException NotPlain(string what) => new($"{what} are not read for a whole batch");
}
