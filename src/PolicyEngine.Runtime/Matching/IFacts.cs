using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// What the engine's state answers to nodes that are not plain. Times are milliseconds; <c>tau</c> is the instant in hand (A5),
/// <c>ordinal</c> the place of the event in the log.
/// </summary>
public interface IFacts
{
    /// <summary><paramref name="had"/>: as it was before this instant (B4). <paramref name="olderThan"/>: least age, 0 without.</summary>
    bool HasLabel(int label, int entity, View view, bool had, long olderThan, long tau);

    /// <summary>The score as it has decayed by <paramref name="tau"/>; 0 for an entity that has none.</summary>
    double Score(int score, int entity, View view, long tau);

    MeasureValue Measure(int measure, int key, long tau, long ordinal);

    /// <summary>Rule <paramref name="rule"/> fired on the event in hand, in this instant; shadow rules do in the shadow view only (B9).</summary>
    bool Fired(int rule, View view);
}
