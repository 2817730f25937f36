namespace PolicyEngine.Runtime.Events;

internal enum LineRead : byte { None, Whole, TooLong }

/// <summary>One source as the intake knows it: how far its lines were read and how new its events are.</summary>
internal sealed class IntakeSource(SourceOptions options)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The rest of a line that was refused for its length is still to come.</summary>
    private bool isSkipping;
    private WaitingEvent held;

    public SourceOptions Options => options;

    public bool IsOrdered => options.Mode == SourceMode.Ordered;

    public bool IsActive { get; set; } = true;

    public long? Newest { get; set; }

    /// <summary>An event too far ahead of the others to believe alone (A7).</summary>
    public ref readonly WaitingEvent Held => ref held;

    public bool HasHeld => held.Bytes is not null;

    public void Hold(in WaitingEvent entry) => held = entry;

    public WaitingEvent TakeHeld()
    {
        var taken = held;
        held = default;
        return taken;
    }

    /// <summary>Lines that began, those without an event too.</summary>
    public long Line { get; private set; }

    /// <summary>
    /// The next line that holds something, without its line feed. Too long: the line is refused as soon as that is certain, and the
    /// rest of it is passed over. None: there is no whole line left.
    /// </summary>
    public LineRead ReadLine(ReadOnlySpan<byte> lines, bool isLast, int limit, ref int consumed, out ReadOnlySpan<byte> line)
    {
        line = default;
        while (consumed < lines.Length)
        {
            var rest = lines[consumed..];
            var end = rest.IndexOf((byte)'\n');
            if (isSkipping)
            {
                consumed += end < 0 ? rest.Length : end + 1;
                isSkipping = end < 0 && !isLast;
                continue;
            }
            if (end < 0 && !isLast && rest.Length <= limit) return LineRead.None;
            var isTooLong = (end < 0 ? rest.Length : end) > limit;
            isSkipping = end < 0 && !isLast;
            consumed += end < 0 ? rest.Length : end + 1;
            line = Strip(end < 0 ? rest : rest[..end]);
            if (isTooLong) return LineRead.TooLong;
            if (line.Length > 0 && (line[0] == '{' || line.ContainsAnyExcept((byte)' ', (byte)'\t'))) return LineRead.Whole;
        }
        return LineRead.None;
    }

    private ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line)
    {
        if (++Line == 1 && line.StartsWith(ByteOrderMark)) line = line[ByteOrderMark.Length..];
        return line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
    }
}
