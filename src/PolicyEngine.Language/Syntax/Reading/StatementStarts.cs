using Antlr4.Runtime;
using static PolicyEngine.Language.Syntax.Generated.PolicyLexer;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>
/// Where reading can start again after an error. The words that begin a statement are ordinary words elsewhere, and lines mean
/// nothing; but everybody writes statements at the start of a line, and after a mistake that is the best sign there is.
/// </summary>
internal sealed class StatementStarts(IReadOnlyList<IToken> tokens)
{
    /// <summary>The first start of a statement in [from, to), or <paramref name="to"/>; <paramref name="broken"/> is the statement left.</summary>
    public int Next(int from, int to, int broken)
    {
        var column = Column(broken);
        var depth = 0;
        for (var i = broken; i < from; i++) depth = Step(depth, tokens[i].Type);
        for (var i = from; i < to; i++)
        {
            if (IsStart(i) && (Column(i) <= column || depth == 0) || Column(i) == 0 && column == 0 && IsLikelyStart(i)) return i;
            depth = Step(depth, tokens[i].Type);
        }
        return to;
    }

    /// <summary>A word that begins statements, first on its line, before what such a statement goes on with.</summary>
    public bool IsStart(int index) => FirstOnLine(index) && tokens[index].Type switch
    {
        RESPONSES => Type(index + 1) is LBRACE,
        EXCEPT => Type(index + 1) is FOR,
        TEST => Type(index + 1) is TEXT or UNCLOSED_TEXT or SMART_TEXT,
        LABEL or SCORE or LINK => IsName(index + 1) && Type(index + 2) is OF,
        LIST => IsName(index + 1) && Type(index + 2) is COLON or EQ or FROM,
        LET or MEASURE => IsName(index + 1) && Type(index + 2) is EQ,
        EXTEND => IsName(index + 1) && Type(index + 2) is LBRACE or DOT,
        RECIPE or DEFINE => IsName(index + 1) && Type(index + 2) is LPAREN,
        PACK or USE or ENTITY or EVENT or RULE => Type(index + 1) is NAME or QUOTED,
        _ => false,
    };

    /// <summary>
    /// Whether a statement that could be read has run into the next one: `let x =` before a line `let y = 3` reads as `x = let`.
    /// Text that is right never does, whatever its lines: outside brackets no two words of a start follow one another.
    /// </summary>
    public bool RunsOn(int statement, int next)
    {
        var depth = 0;
        for (var i = statement; i < next; i++)
        {
            if (i > statement && depth == 0 && IsStart(i)) return true;
            depth = Step(depth, tokens[i].Type);
        }
        return false;
    }

    /// <summary>
    /// A word that begins statements, at the very start of a line, with something like a name behind it: after a mistake that is
    /// sign enough. A response that begins with `label` is none.
    /// </summary>
    private bool IsLikelyStart(int index) =>
        FirstOnLine(index) && tokens[index].Type is >= PACK and <= TEST and not EXCEPT
        && (IsName(index + 1) || Type(index + 1) is >= AND and <= FALSE or NUMBER or DURATION or TEXT or EQ)
        && !(tokens[index].Type is LABEL && Type(index + 2) is AS or DOT);

    private int Type(int index) => index < tokens.Count ? tokens[index].Type : TokenConstants.EOF;

    private bool IsName(int index) => Type(index) is >= PACK and <= DAY or NAME or QUOTED or BAD_NUMBER;

    private bool FirstOnLine(int index) => index == 0 || Line(index - 1) < Line(index);

    private int Line(int index) => tokens[index].Line;

    private int Column(int index) => tokens[index].Column;

    private static int Step(int depth, int type) => type switch
    {
        LPAREN or LBRACKET or LBRACE => depth + 1,
        RPAREN or RBRACKET or RBRACE => Math.Max(0, depth - 1),
        _ => depth,
    };
}
