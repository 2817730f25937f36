using System.Text;

namespace PolicyEngine.Oracle.Differential;

/// <summary>Compares what an engine wrote with what the oracle decided, record by record and field by field.</summary>
public static class Comparison
{
    /// <summary>The first difference in words, or null.</summary>
    public static string? Compare(OracleResult expected, IEngineUnderTest engine, EngineInput input, EngineSettings settings)
    {
        EngineOutput actual;
        try
        {
            actual = engine.Run(input, settings);
        }
        // Whatever breaks inside the engine is a finding of its own, to be shrunken like any other.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return $"the engine failed: {exception}";
        }
        return Compare(expected, actual);
    }

    public static string? Compare(OracleResult expected, EngineOutput actual)
    {
        var due = expected.Decisions.Select(DecisionFields.Of).ToList();
        var written = actual.Decisions.Select(DecisionFields.Of).ToList();
        for (var i = 0; i < Math.Max(due.Count, written.Count); i++)
        {
            var left = i < due.Count ? due[i] : null;
            var right = i < written.Count ? written[i] : null;
            if (left is null || right is null || Differing(left, right) is not null) return Report(i, left, right);
        }
        var (a, b) = (expected.Counters, actual.Counters);
        return a == b ? null : $"counters differ\n  oracle: {a}\n  engine: {b}";
    }

    private static string? Differing(SortedDictionary<string, string> left, SortedDictionary<string, string> right) =>
        left.Keys.Union(right.Keys).Order(StringComparer.Ordinal)
            .FirstOrDefault(name => left.GetValueOrDefault(name) != right.GetValueOrDefault(name));

    private static string Report(int index, SortedDictionary<string, string>? left, SortedDictionary<string, string>? right)
    {
        var text = new StringBuilder($"decision {index + 1} differs");
        if (left is not null && right is not null) text.Append($" in {Differing(left, right)}");
        text.Append($"\n  oracle: {Line(left)}\n  engine: {Line(right)}");
        return text.ToString();
    }

    private static string Line(SortedDictionary<string, string>? fields) =>
        fields is null ? "nothing" : string.Join(" ", fields.Select(f => $"{f.Key}={f.Value}"));
}
