using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Where texts and lists made for one row live until the next. Growing leaves the old array to the values that point into it.
/// </summary>
internal sealed class TextScratch
{
    private byte[] _bytes = new byte[4096];
    private int _used;
    private readonly List<Vector> _lists = [];
    private int _listsUsed;

    public TextBuffer Buffer { get; } = new();

    public void Reset()
    {
        _used = 0;
        _listsUsed = 0;
    }

    public Value Text(ReadOnlySpan<byte> text)
    {
        var start = Append(text);
        return Value.OfText(_bytes, start, text.Length);
    }

    /// <summary>The text that <see cref="Buffer"/> holds.</summary>
    public Value TakeBuffer() => Text(Buffer.Written);

    /// <summary>A vector for the texts of a list, all present; valid until the next row.</summary>
    public Vector NewList()
    {
        if (_listsUsed == _lists.Count) _lists.Add(NewVector(16));
        return _lists[_listsUsed++];
    }

    /// <summary>The list made last, with room for twice as many.</summary>
    public Vector GrowList()
    {
        var old = _lists[_listsUsed - 1];
        var grown = NewVector(old.Starts.Length * 2);
        old.Starts.CopyTo(grown.Starts, 0);
        old.Lengths.CopyTo(grown.Lengths, 0);
        grown.Arena = old.Arena;
        return _lists[_listsUsed - 1] = grown;
    }

    private static Vector NewVector(int capacity)
    {
        var vector = new Vector(ValueKind.Text, capacity, slices: true) { Arena = new byte[256] };
        vector.Present.AsSpan().Fill(ulong.MaxValue);
        return vector;
    }

    private int Append(ReadOnlySpan<byte> text)
    {
        if (_bytes.Length - _used < text.Length)
        {
            _bytes = new byte[Math.Max(_bytes.Length * 2, text.Length)];
            _used = 0;
        }
        text.CopyTo(_bytes.AsSpan(_used));
        var start = _used;
        _used += text.Length;
        return start;
    }
}
