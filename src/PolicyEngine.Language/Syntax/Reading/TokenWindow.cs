using Antlr4.Runtime;
using Antlr4.Runtime.Misc;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>
/// The tokens from one place to another as the stream of a parser, followed by an end: each statement is read through a window
/// of its own, so that its error stays its own. Indices are those of the whole file.
/// </summary>
internal sealed class TokenWindow(IReadOnlyList<IToken> tokens, int first, int end, IToken endToken) : ITokenStream
{
    private readonly int _first = first;
    private int _position = first;

    public int Index => _position;

    public int Size => end;

    public string SourceName => "";

    public ITokenSource TokenSource => EndSource;

    private ListTokenSource EndSource => field ??= new ListTokenSource([endToken]);

    public void Consume()
    {
        if (_position >= end) throw new InvalidOperationException("cannot read past the end of the window");
        _position++;
    }

    public int LA(int offset) => LT(offset)?.Type ?? TokenConstants.EOF;

    public IToken LT(int offset)
    {
        var index = offset < 0 ? _position + offset : _position + offset - 1;
        return index < _first ? null! : index >= end ? endToken : tokens[index];
    }

    public IToken Get(int index) => index >= end ? endToken : tokens[index];

    public int Mark() => 0;

    public void Release(int marker)
    {
        // All tokens stay in memory, so a mark needs no bookkeeping.
    }

    public void Seek(int index) => _position = Math.Min(index, end);

    public string GetText() => "";

    public string GetText(Interval interval) => "";

    public string GetText(RuleContext context) => "";

    public string GetText(IToken start, IToken stop) => "";
}
