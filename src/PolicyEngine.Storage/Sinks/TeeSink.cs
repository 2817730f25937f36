using PolicyEngine.Runtime.Decisions;

namespace PolicyEngine.Storage.Sinks;

/// <summary>Hands each decision to several sinks, in their order.</summary>
public sealed class TeeSink(params IDecisionSink[] sinks) : IDecisionSink
{
    public void Write(in DecisionRecord record)
    {
        foreach (var sink in sinks) sink.Write(record);
    }
}
