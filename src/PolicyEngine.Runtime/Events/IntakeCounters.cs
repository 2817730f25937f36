namespace PolicyEngine.Runtime.Events;

internal sealed class IntakeCounters
{
    private readonly Dictionary<string, long> rejectedByReason = new(StringComparer.Ordinal);

    public long Events { get; set; }

    public long Accepted { get; set; }

    public long Late { get; set; }

    public long Duplicates { get; set; }

    public long DuplicatesDiffering { get; set; }

    public long Forced { get; set; }

    public long Rejected { get; private set; }

    public void Reject(string reason)
    {
        Rejected++;
        rejectedByReason[reason] = rejectedByReason.GetValueOrDefault(reason) + 1;
    }

    public EngineCounters ToEngineCounters() => new()
    {
        Events = Events,
        Accepted = Accepted,
        Rejected = Rejected,
        Late = Late,
        Duplicates = Duplicates,
        DuplicatesDiffering = DuplicatesDiffering,
        Forced = Forced,
        RejectedByReason = new SortedDictionary<string, long>(rejectedByReason, StringComparer.Ordinal),
    };
}
