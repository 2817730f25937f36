using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PolicyEngine.Runtime.Links;

/// <summary>Identity of a group (F6): the same on every machine, whatever threads and batches did.</summary>
public static class GroupId
{
    private const int HashBytes = 16;

    /// <summary>`g_` and 32 hexadecimal digits of SHA-256 over link, smallest key and birth (ms), each preceded by its length.</summary>
    public static string Of(string link, ReadOnlySpan<byte> smallestKey, long born)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> time = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(time, born);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Encoding.UTF8.GetBytes(link));
        Append(hash, smallestKey);
        Append(hash, time);
        hash.GetHashAndReset(digest);
        return "g_" + Convert.ToHexStringLower(digest[..HashBytes]);
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
