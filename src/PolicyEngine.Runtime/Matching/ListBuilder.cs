using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Puts a list of texts together in the scratch.</summary>
internal ref struct ListBuilder(TextScratch scratch)
{
    private Vector _elements = scratch.NewList();
    private int _count;
    private int _bytes;

    public void Add(ReadOnlySpan<byte> text)
    {
        if (_count == _elements.Starts.Length) _elements = scratch.GrowList();
        if (_elements.Arena.Length - _bytes < text.Length)
        {
            var arena = new byte[Math.Max(_elements.Arena.Length * 2, _bytes + text.Length)];
            _elements.Arena.AsSpan(0, _bytes).CopyTo(arena);
            _elements.Arena = arena;
        }
        text.CopyTo(_elements.Arena.AsSpan(_bytes));
        _elements.Starts[_count] = _bytes;
        _elements.Lengths[_count++] = text.Length;
        _bytes += text.Length;
    }

    public readonly Value Take() => Value.OfList(_elements, 0, _count);
}
