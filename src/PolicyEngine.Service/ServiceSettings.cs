using System.ComponentModel.DataAnnotations;

namespace PolicyEngine.Service;

/// <summary>What the operator decides about a service. Checked before it starts; limits have both an option and a default.</summary>
public sealed class ServiceSettings
{
    /// <summary>Folders or files with policies.</summary>
    [Required, MinLength(1)]
    public IList<string> Packs { get; set; } = [];

    /// <summary>Where decisions are kept.</summary>
    [Required]
    public string DataFolder { get; set; } = "policy-data";

    /// <summary>How long events of `POST /v1/events` wait for earlier ones.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Lateness { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Events without an id get one from their content instead of being refused.</summary>
    public bool IdsFromContent { get; set; }

    /// <summary>Bytes of one request's body.</summary>
    [Range(1024, 16L << 30)]
    public long BodyBytes { get; set; } = 256 << 20;

    /// <summary>Bytes of one event; a longer line is refused, the rest of the body goes on.</summary>
    [Range(256, 16 << 20)]
    public int LineBytes { get; set; } = 1 << 20;

    /// <summary>Bytes of a JSON array of events, which is held in memory as a whole; lines are not.</summary>
    [Range(1024, 256 << 20)]
    public int ArrayBytes { get; set; } = 16 << 20;

    /// <summary>Pieces of work that may wait for the engine before callers are asked to come back later.</summary>
    [Range(1, 100_000)]
    public int QueueLength { get; set; } = 64;

    /// <summary>How long a caller waits for a place in that queue.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan QueueWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Rejected events that one answer names; the rest is counted.</summary>
    [Range(0, 1_000_000)]
    public int NamedRejections { get; set; } = 1000;

    /// <summary>How often the pack folders are looked at where the file system does not tell of changes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan PackPolling { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the pack folders must be quiet before they are read again: editors save in several steps.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan PackQuiet { get; set; } = TimeSpan.FromMilliseconds(200);
}
