namespace PolicyEngine.Benchmarks.Peers;

/// <summary>A way to run the thirteen rules.</summary>
internal abstract class Peer
{
    public abstract string Name { get; }

    /// <summary>What it begins and ends with: not all do the same amount of work.</summary>
    public abstract string Way { get; }

    /// <summary>On how many events each rule was true, in the order of the rules.</summary>
    public abstract long[] Run(Exchange[] events);
}
