namespace PolicyEngine.Runtime.Measures;

/// <summary>What a family left out; it shows how far a bound was felt (L2).</summary>
internal sealed class FamilyCounters
{
    public long MissingKeys { get; set; }

    public long CappedEvents { get; set; }

    public long CappedValues { get; set; }

    public long Refused { get; set; }

    public long Evicted { get; set; }
}
