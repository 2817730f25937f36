using PolicyEngine.Runtime.Decisions;

namespace PolicyEngine.Storage.Sinks;

/// <summary>Forgets what it is given.</summary>
public sealed class NullSink : IDecisionSink
{
    public static readonly NullSink Instance = new();

    private NullSink()
    {
    }

    public void Write(in DecisionRecord record)
    {
    }
}
