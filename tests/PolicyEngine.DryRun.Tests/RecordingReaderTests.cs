using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using PolicyEngine.DryRun.Recordings;

namespace PolicyEngine.DryRun.Tests;

public sealed class RecordingReaderTests : IDisposable
{
    private readonly Workspace _files = new();

    [Theory]
    [InlineData("plain")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public void A_recording_is_known_by_its_content_and_cut_at_lines(string packing)
    {
        // More than two blocks, lines of uneven length, none of which ends with a block.
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{{\"n\":{i},\"x\":\"{new string('y', i % 97)}\"}}\n")) + "{\"last\":1}";
        var bytes = Packed(packing, Encoding.UTF8.GetBytes(text));
        using var reader = RecordingReader.Open(_files.Write("misleading.csv", bytes));
        var read = new StringBuilder();
        var blocks = 0;
        while (reader.Next() is { } block)
        {
            blocks++;
            var piece = Encoding.UTF8.GetString(block.Lines.Span);
            Assert.True(block.IsLast || piece.EndsWith('\n'));
            read.Append(piece);
            reader.Return(block);
        }
        Assert.True(blocks > 1);
        Assert.Equal(text, read.ToString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), reader.Hash);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public void A_recording_that_is_cut_short_says_so(string packing)
    {
        var whole = Packed(packing, RandomNumberGenerator.GetBytes(500_000).Select(b => (byte)('a' + (b % 26))).ToArray());
        using var reader = RecordingReader.Open(_files.Write("cut", whole[..(whole.Length / 2)]));
        Assert.Contains("damaged or cut short", Assert.Throws<InputException>(() => Drain(reader)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4b, 3, 4, 0, 0 }, "a zip archive")]
    [InlineData(new byte[] { 0xff, 0xfe, 0x7b, 0 }, "UTF-16")]
    [InlineData(new byte[] { 0x50, 0x41, 0x52, 0x31, 0 }, "a Parquet file")]
    [InlineData(new byte[] { 1, 0, 2, 0, 3 }, "not text")]
    public void A_file_of_another_kind_is_named(byte[] start, string kind)
    {
        using var reader = RecordingReader.Open(_files.Write("x", start));
        Assert.Contains(kind, Assert.Throws<InputException>(() => Drain(reader)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_line()
    {
        using var reader = RecordingReader.Open(_files.Write("x", [0xef, 0xbb, 0xbf, .. "{}\n"u8]));
        Assert.Equal("{}\n", Drain(reader));
    }

    [Fact]
    public void An_empty_recording_is_one_empty_block()
    {
        using var reader = RecordingReader.Open(_files.Write("x", Array.Empty<byte>()));
        Assert.Equal("", Drain(reader));
    }

    [Fact]
    public void What_is_not_there_or_a_folder_is_said_at_once()
    {
        Assert.Contains("there is no recording", Assert.Throws<InputException>(() => RecordingReader.Open(_files.Root + "/none")).Message, StringComparison.Ordinal);
        Assert.Contains("it is a folder", Assert.Throws<InputException>(() => RecordingReader.Open(_files.Root)).Message, StringComparison.Ordinal);
    }

    private static string Drain(RecordingReader reader)
    {
        var text = new StringBuilder();
        while (reader.Next() is { } block)
        {
            text.Append(Encoding.UTF8.GetString(block.Lines.Span));
            reader.Return(block);
        }
        return text.ToString();
    }

    private static byte[] Packed(string packing, byte[] content)
    {
        using var packed = new MemoryStream();
        using (var stream = packing switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "zstd" => new ZstdSharp.CompressionStream(packed, leaveOpen: true),
            _ => (Stream)new BufferedStream(packed),
        })
        {
            stream.Write(content);
            stream.Flush();
            if (packing == "plain") return packed.ToArray();
        }
        return packed.ToArray();
    }

    public void Dispose() => _files.Dispose();
}
