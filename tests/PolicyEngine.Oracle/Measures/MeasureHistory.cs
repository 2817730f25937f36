using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.State;

namespace PolicyEngine.Oracle.Measures;

/// <summary>An event that a measure counted: where it stands, under which key, with which value (null: missing).</summary>
internal sealed record Counted(long Time, int Position, string Key, object? Amount, bool Numerator);

/// <summary>For each measure the plain list of what it counted, in the order of application, in both views.</summary>
internal sealed class MeasureHistory
{
    private readonly Dictionary<(MeasureSymbol Measure, Sight Sight), List<Counted>> _lists = [];

    public List<Counted> Of(MeasureSymbol measure, Sight sight)
    {
        if (!_lists.TryGetValue((measure, sight), out var list)) _lists[(measure, sight)] = list = [];
        return list;
    }

    /// <summary>The value of a measure under a key at τ = <paramref name="now"/>, recomputed by going through the list (D1–D5).</summary>
    public object? Value(MeasureSymbol measure, string key, Sight sight, long now, int position)
    {
        if (measure.Aggregate == Language.Syntax.Aggregate.Alignment) return Alignment.Of(measure, Of(measure, sight), key, now).Value;
        var underKey = Of(measure, sight).Where(c => c.Key == key).ToList();
        return Aggregates.Compute(measure, WindowSelection.Select(measure.Window, underKey, now), now, position);
    }

    /// <summary>A count behind an alignment.</summary>
    public object? Part(AlignmentRead read, List<object?> key, Sight sight, long now)
    {
        if (key.Exists(Values.Value.IsMissing)) return null;
        var canonical = Values.Evaluator.Canonical(key.Select(k => k!));
        var alignment = Alignment.Of(read.Measure.Measure, Of(read.Measure.Measure, sight), canonical, now);
        return read.Part == AlignmentPart.Coincidences ? alignment.Coincidences : alignment.Meetings / 120.0;
    }

    /// <summary>Time since the previous event that the measure counted under the key, if it is within the span.</summary>
    public long? Gap(MeasureSymbol measure, string key, Sight sight, long now)
    {
        var previous = Of(measure, sight).LastOrDefault(c => c.Key == key);
        var within = previous is not null
            && (measure.Window.Kind == WindowKind.Forever || now - previous.Time < measure.Window.Length + measure.Window.Ending);
        return within ? now - previous!.Time : null;
    }
}
