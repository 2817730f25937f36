namespace PolicyEngine.Runtime.Functions;

/// <summary>`ngrams`: every run of n scalars, from each scalar on; none where the text is shorter or n is below 1.</summary>
public ref struct NgramEnumerator
{
    private readonly ReadOnlySpan<byte> text;
    private int start;
    private int end;
    private bool isFirst = true;

    public NgramEnumerator(ReadOnlySpan<byte> text, long n)
    {
        this.text = text;
        // The end of the first run; −1 if there is none.
        for (long left = n; left > 0 && end >= 0; left--)
            end = end < text.Length ? Next(end) : -1;
        if (n < 1)
            end = -1;
    }

    public readonly TextSlice Current => new(start, end - start);

    public readonly NgramEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        if (end < 0)
            return false;
        if (isFirst)
        {
            isFirst = false;
            return true;
        }
        if (end >= text.Length)
            return false;
        start = Next(start);
        end = Next(end);
        return true;
    }

    private readonly int Next(int at)
    {
        at++;
        while (at < text.Length && (text[at] & 0xC0) == 0x80)
            at++;
        return at;
    }
}
