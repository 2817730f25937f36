namespace PolicyEngine.Language.Text;

/// <summary>
/// Which stretch of the text that the author wrote each stretch of a text made out of it stands for. Pieces are added in order.
/// </summary>
public sealed class SourceOrigin(SourceText written)
{
    private readonly List<Piece> _pieces = [];

    public SourceText Written => written;

    /// <summary>A stretch of the made text; <paramref name="place"/> gives the place of a part of it (offset within it, length).</summary>
    public void Add(int start, int length, Func<int, int, TextSpan> place)
    {
        if (length > 0) _pieces.Add(new Piece(start, start + length, place));
    }

    /// <summary>The place of a stretch of the made text. One over several pieces reaches from the first to the last.</summary>
    public TextSpan Of(int start, int length)
    {
        if (_pieces.Count == 0) return new TextSpan(written, 0, 0);
        if (length <= 0) return After(start);
        var first = Index(start);
        var last = Index(start + length - 1);
        if (first == last) return Part(first, start, start + length);
        var (from, to) = (Part(first, start, int.MaxValue), Part(last, int.MinValue, start + length));
        // What the author wrote in another order has no one stretch: its beginning is shown.
        return to.End > from.Start ? from.To(to) : from;
    }

    /// <summary>An empty stretch stands behind what comes before it.</summary>
    private TextSpan After(int offset)
    {
        var index = Index(Math.Max(0, offset - 1));
        var piece = _pieces[index];
        if (offset <= piece.Start) return new TextSpan(written, Part(index, piece.Start, piece.Start + 1).Start, 0);
        return new TextSpan(written, Part(index, offset - 1, offset).End, 0);
    }

    private TextSpan Part(int index, int from, int to)
    {
        var piece = _pieces[index];
        var start = Math.Clamp(from, piece.Start, piece.End - 1);
        return piece.Place(start - piece.Start, Math.Clamp(to, start + 1, piece.End) - start);
    }

    /// <summary>The piece that holds an offset, or the last one before it.</summary>
    private int Index(int offset)
    {
        var (low, high) = (0, _pieces.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_pieces[middle].Start <= offset) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    private sealed record Piece(int Start, int End, Func<int, int, TextSpan> Place);
}
