using System.Collections.Concurrent;
using System.Globalization;

namespace PolicyEngine.DryRun.Recordings;

/// <summary>
/// Reads a recording as blocks of whole lines. Unpacking and hashing run ahead on a thread of their own; a handful of blocks goes
/// round between the two.
/// </summary>
public sealed class RecordingReader : IDisposable
{
    internal const int BlockBytes = 2 << 20;
    private const int Blocks = 4;
    private const int LongestLine = 64 << 20;

    private readonly string _name;
    private readonly HashingStream _file;
    private readonly BlockingCollection<RecordingBlock> _empty = new(Blocks);
    private readonly BlockingCollection<RecordingBlock> _full = new(Blocks);
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private Exception? _failure;

    private RecordingReader(string name, Stream stream, long? fileLength)
    {
        _name = name;
        _file = new HashingStream(stream);
        FileLength = fileLength;
        for (var i = 0; i < Blocks; i++) _empty.Add(new RecordingBlock());
        _thread = new Thread(Run) { IsBackground = true, Name = "recording" };
        _thread.Start();
    }

    /// <summary>Bytes of the file as it is stored; null for a stream without an end in sight.</summary>
    public long? FileLength { get; }

    /// <summary>SHA-256, in hex, of the file's bytes as they are stored; known once <see cref="Next"/> has given null.</summary>
    public string Hash => _file.Hash;

    /// <param name="path">A file, or `-` for the standard input.</param>
    /// <exception cref="InputException">The file is not there or may not be read.</exception>
    public static RecordingReader Open(string path)
    {
        if (path == "-") return Open("standard input", Console.OpenStandardInput(), null);
        if (Directory.Exists(path)) throw new InputException($"cannot read the recording {path}: it is a folder");
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            return Open(path, stream, stream.CanSeek ? stream.Length : null);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"there is no recording {path}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read the recording {path}: {error.Message}", error);
        }
    }

    public static RecordingReader Open(string name, Stream stream, long? fileLength) => new(name, stream, fileLength);

    /// <summary>The next block, or null at the end.</summary>
    /// <exception cref="InputException">The rest cannot be read, for example because the file is cut short.</exception>
    public RecordingBlock? Next(CancellationToken stop = default)
    {
        if (_full.TryTake(out var block, Timeout.Infinite, stop)) return block;
        if (_failure is null) return null;
        throw _failure as InputException ?? Explain(_failure);
    }

    public void Return(RecordingBlock block) => _empty.Add(block);

    private InputException Explain(Exception error) => error switch
    {
        InvalidDataException or EndOfStreamException or ZstdSharp.ZstdException =>
            new(string.Create(CultureInfo.InvariantCulture, $"the recording {_name} is damaged or cut short after {_file.BytesRead} bytes"), error),
        IOException => new($"cannot read the recording {_name}: {error.Message}", error),
        _ => throw new InvalidOperationException("reading a recording failed", error),
    };

    private void Run()
    {
        try
        {
            using var content = RecordingFormat.Unpack(_file.LookAhead(RecordingFormat.MagicBytes), _file);
            Fill(content);
        }
        catch (OperationCanceledException)
        {
            // The consumer has gone; there is nobody to tell.
        }
        catch (Exception error)
        {
            _failure = error;
        }
        finally
        {
            _full.CompleteAdding();
        }
    }

    private void Fill(Stream content)
    {
        var carried = Array.Empty<byte>();
        var first = true;
        while (true)
        {
            var block = _empty.Take(_stop.Token);
            carried.CopyTo(block.Buffer, 0);
            block.Length = carried.Length;
            var (lines, ended) = FillBlock(content, block, first);
            carried = block.Buffer.AsSpan(lines, block.Length - lines).ToArray();
            block.Length = lines;
            block.IsLast = ended;
            block.FileBytes = _file.BytesRead;
            if (ended) _file.Finish();
            _full.Add(block, _stop.Token);
            if (ended) return;
            first = false;
        }
    }

    /// <summary>Reads until the block holds a line feed and is full, or the content ends; gives the length of its whole lines.</summary>
    private (int Lines, bool Ended) FillBlock(Stream content, RecordingBlock block, bool first)
    {
        while (true)
        {
            while (block.Length < block.Buffer.Length)
            {
                var read = content.Read(block.Buffer, block.Length, block.Buffer.Length - block.Length);
                if (read == 0)
                {
                    if (first) SkipMark(block);
                    return (block.Length, true);
                }
                block.Length += read;
            }
            if (first) SkipMark(block);
            first = false;
            var lineFeed = block.Buffer.AsSpan(0, block.Length).LastIndexOf((byte)'\n');
            if (lineFeed >= 0) return (lineFeed + 1, false);
            if (block.Length >= LongestLine)
                throw new InputException($"the recording {_name} is no lines of JSON: one line is longer than {LongestLine >> 20} MiB");
            Array.Resize(ref block.Buffer, block.Buffer.Length * 2);
        }
    }

    /// <summary>Some editors put a byte order mark before the first line; JSON knows none.</summary>
    private void SkipMark(RecordingBlock block)
    {
        var bytes = block.Buffer.AsSpan(0, block.Length);
        if (bytes.IndexOf((byte)0) is >= 0 and < 4096) throw new InputException($"the recording {_name} is not text");
        if (!bytes.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf])) return;
        bytes[3..].CopyTo(bytes);
        block.Length -= 3;
    }

    public void Dispose()
    {
        _stop.Cancel();
        // A read of a terminal or pipe cannot be called back, so the thread is not waited for: it is a background thread and holds
        // nothing but the stream.
        _file.Dispose();
    }
}
