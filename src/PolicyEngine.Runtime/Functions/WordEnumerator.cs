namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// `words`: runs of letters, digits and `_`, with apostrophes between letters, in order. Scripts written without blanks give a
/// run as one word. Case stays as it is.
/// </summary>
public ref struct WordEnumerator(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int at;

    public TextSlice Current { get; private set; }

    public readonly WordEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        bool isWord;
        var start = at;
        do
        {
            start = at;
            if (at >= text.Length)
                return false;
            at += WordScalars.Read(text, at, out isWord);
        }
        while (!isWord);

        while (at < text.Length)
        {
            var next = at + WordScalars.Read(text, at, out isWord);
            if (!isWord)
            {
                next = at + WordScalars.ApostropheLength(text, at);
                if (next == at || next >= text.Length)
                    break;
                next += WordScalars.Read(text, next, out isWord);
                if (!isWord)
                    break;
            }
            at = next;
        }
        Current = new TextSlice(start, at - start);
        return true;
    }
}
