using System.IO.Compression;

namespace PolicyEngine.DryRun.Recordings;

/// <summary>How the bytes of a recording are packed, seen from its first bytes and never from its name.</summary>
internal static class RecordingFormat
{
    /// <summary>Without it the platform takes a gzip stream that breaks off for one that has ended.</summary>
    static RecordingFormat() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>As many first bytes as are needed to tell.</summary>
    public const int MagicBytes = 8;

    /// <summary>A stream of the unpacked bytes.</summary>
    /// <exception cref="InputException">The bytes are of a kind that is no recording.</exception>
    public static Stream Unpack(ReadOnlySpan<byte> start, Stream content)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b])) return new GZipStream(content, CompressionMode.Decompress);
        if (start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]) || IsSkippableFrame(start)) 
            return new ZstdSharp.DecompressionStream(content);
        if (Foreign(start) is { } kind) throw new InputException($"this is {kind}; a recording is lines of JSON, plain or packed with gzip or zstd");
        return content;
    }

    private static bool IsSkippableFrame(ReadOnlySpan<byte> start) =>
        start.Length >= 4 && (start[0] & 0xf0) == 0x50 && start[1] == 0x2a && start[2] == 0x4d && start[3] == 0x18;

    private static string? Foreign(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("PK\u0003\u0004"u8)) return "a zip archive";
        if (start.StartsWith("PAR1"u8)) return "a Parquet file";
        if (start.StartsWith("BZh"u8)) return "packed with bzip2";
        if (start.StartsWith((ReadOnlySpan<byte>)[0xfd, 0x37, 0x7a, 0x58, 0x5a])) return "packed with xz";
        if (start.StartsWith("SQLite f"u8)) return "a SQLite database";
        if (start.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) || start.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff])) return "text in UTF-16";
        return null;
    }
}
