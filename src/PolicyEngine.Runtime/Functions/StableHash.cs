using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// The hashes that are written down or decide something (samples, decision ids, jitter, fingerprints): fixed by definition, the
/// same on every machine and in every version. They are made at firings, not per event.
/// </summary>
public static class StableHash
{
    public const int Buckets = 10_000;
    private const int Parts = 5;
    private const int IdBytes = 16;

    /// <summary>
    /// Sampling bucket 0..9999: first eight bytes, big-endian, of SHA-256("sample" 0 rule id 0 entity type 0 key), mod 10 000.
    /// In the sample iff the bucket is below percent · 100.
    /// </summary>
    public static int SampleBucket(string ruleId, string entityType, ReadOnlySpan<byte> key) =>
        Bucket("sample", ruleId, entityType, key);

    /// <summary>Holdout bucket: the same with "holdout" and the name of the pack.</summary>
    public static int HoldoutBucket(string pack, string entityType, ReadOnlySpan<byte> key) =>
        Bucket("holdout", pack, entityType, key);

    /// <summary>
    /// `d_` and 32 hexadecimal digits of SHA-256 over the parts of K1, each preceded by its length (32-bit little-endian).
    /// </summary>
    public static string DecisionId(DecisionParts parts)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var size = parts.TriggerKind.Length + parts.Origin.Length + parts.RuleId.Length + parts.RuleHash.Length + parts.Key.Length
            + (Parts * sizeof(int));
        var input = size <= 512 ? stackalloc byte[512] : new byte[size];
        var at = AppendPart(parts.TriggerKind, input, 0);
        at = AppendPart(parts.Origin, input, at);
        at = AppendPart(parts.RuleId, input, at);
        at = AppendPart(parts.RuleHash, input, at);
        at = AppendPart(parts.Key, input, at);
        SHA256.HashData(input[..at], digest);
        return "d_" + Convert.ToHexStringLower(digest[..IdBytes]);
    }

    /// <summary>
    /// The delay beyond the least one, in milliseconds: u mod (span + 1 ms), u the first eight bytes of SHA-256(id 0 type 0 key).
    /// </summary>
    public static long Jitter(string decisionId, string entityType, ReadOnlySpan<byte> key, long span)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(span);
        return (long)(First64(decisionId, entityType, "", key, prefixes: 2) % ((ulong)span + 1));
    }

    /// <summary>
    /// Sixteen hexadecimal digits of HMAC-SHA-256 under the deployment's key: what evidence shows of a sensitive value.
    /// </summary>
    public static string SensitiveFingerprint(ReadOnlySpan<byte> deploymentKey, ReadOnlySpan<byte> value)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(deploymentKey, value, digest);
        return Convert.ToHexStringLower(digest[..8]);
    }

    private static int Bucket(string use, string owner, string entityType, ReadOnlySpan<byte> key) =>
        (int)(First64(use, owner, entityType, key, prefixes: 3) % Buckets);

    private static ulong First64(string first, string second, string third, ReadOnlySpan<byte> key, int prefixes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var size = Encoding.UTF8.GetByteCount(first) + Encoding.UTF8.GetByteCount(second) + Encoding.UTF8.GetByteCount(third)
            + key.Length + prefixes;
        var input = size <= 512 ? stackalloc byte[512] : new byte[size];
        var at = Append(first, input, 0);
        at = Append(second, input, at);
        if (prefixes == 3)
            at = Append(third, input, at);
        key.CopyTo(input[at..]);
        SHA256.HashData(input[..(at + key.Length)], digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    private static int Append(string text, Span<byte> input, int at)
    {
        at += Encoding.UTF8.GetBytes(text, input[at..]);
        input[at] = 0;
        return at + 1;
    }

    private static int AppendPart(ReadOnlySpan<byte> part, Span<byte> input, int at)
    {
        BinaryPrimitives.WriteInt32LittleEndian(input[at..], part.Length);
        part.CopyTo(input[(at + sizeof(int))..]);
        return at + sizeof(int) + part.Length;
    }
}

/// <summary>
/// What identifies a decision: how it was triggered, by what, which rule in which form, and for whom. All UTF-8 or raw bytes.
/// </summary>
public readonly ref struct DecisionParts
{
    /// <summary>Such as `each`, `per`, `label`, `join`, `deadline`, `tick`.</summary>
    public ReadOnlySpan<byte> TriggerKind { get; init; }
    /// <summary>Id of the event, of the event that armed the deadline, or the tick.</summary>
    public ReadOnlySpan<byte> Origin { get; init; }
    public ReadOnlySpan<byte> RuleId { get; init; }
    public ReadOnlySpan<byte> RuleHash { get; init; }
    public ReadOnlySpan<byte> Key { get; init; }
}
