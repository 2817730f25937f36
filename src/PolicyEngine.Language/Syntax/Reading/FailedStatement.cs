using Antlr4.Runtime;
using PolicyEngine.Language.Text;
using static PolicyEngine.Language.Syntax.Generated.PolicyLexer;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>
/// A statement that could not be read: its tokens [Start, End), what the parser says, and where the statement before it began
/// (-1 when there is none).
/// </summary>
internal sealed record FailedStatement(
    IReadOnlyList<IToken> Tokens, SourceText Source, int Start, int End, RecognitionException Error, int Previous = -1)
{
    // A decision that looks ahead fails behind the place it was to decide for, and then only knows what was wanted there.
    private readonly HashSet<int> _expected =
        Error is NoViableAltException { StartToken: { } decided } && decided != Error.OffendingToken ? [] : [.. Error.GetExpectedTokens()?.ToList() ?? []];

    /// <summary>The token at which reading stopped; may be the end.</summary>
    public int Failed { get; } = Math.Clamp(Error.OffendingToken?.TokenIndex ?? Start, Start, End);

    /// <summary>Nothing of this statement could be read: what stands here may belong to the one before it.</summary>
    public bool AtStart => Failed == Start;

    /// <summary>The word that began the statement, or the one before it when this one never began.</summary>
    public int Kind => AtStart ? Previous < 0 ? TokenConstants.EOF : Tokens[Previous].Type : Type(Start);

    public int Type(int index) => index >= Start - 1 && index >= 0 && index < End ? Tokens[index].Type : TokenConstants.EOF;

    public string Text(int index) => index >= 0 && index < End ? Tokens[index].Text : "";

    public bool Expects(int type) => _expected.Contains(type);

    /// <summary>A value or a field could stand here.</summary>
    public bool ExpectsValue => Expects(NUMBER) && Expects(LPAREN);

    /// <summary>A declared name could stand here, but not any word.</summary>
    public bool ExpectsName => Expects(NAME) && !Expects(PACK);

    public TextSpan Span(int index) => index < End
        ? Tokens[index].Span(Source)
        : new TextSpan(Source, End > Start ? Tokens[End - 1].StopIndex + 1 : 0, 0);

    public TextSpan Span(int from, int to) => Span(from).To(Span(to));

    /// <summary>A word of the language that may also be a field.</summary>
    public static bool IsSoft(int type) => type is >= PACK and <= DAY;

    /// <summary>A word that must stand in backticks to be anything else.</summary>
    public static bool IsReserved(int type) => type is >= AND and <= FALSE;

    public static bool IsComparison(int type) => type is EQ or NEQ or LT or LE or GT or GE;

    /// <summary>A value may end with this token.</summary>
    public static bool EndsValue(int type) =>
        IsSoft(type) || type is NAME or QUOTED or RPAREN or RBRACKET or TRUE or FALSE or (>= DATETIME and <= RAW);

    /// <summary>How many brackets that were opened before <paramref name="index"/> are open there; the last of them.</summary>
    public (int Depth, int Last) OpenBrackets(int index)
    {
        var open = new Stack<int>();
        for (var i = Start; i < index && i < End; i++)
        {
            if (Type(i) is LPAREN or LBRACKET or LBRACE) open.Push(i);
            else if (Type(i) is RPAREN or RBRACKET or RBRACE) open.TryPop(out _);
        }
        return (open.Count, open.Count > 0 ? open.Peek() : -1);
    }

    /// <summary>The nearest token before <paramref name="index"/>, outside closed brackets, of one of these types; -1 if none.</summary>
    public int LastBefore(int index, params ReadOnlySpan<int> types)
    {
        var depth = 0;
        for (var i = Math.Min(index, End) - 1; i >= Start; i--)
        {
            var type = Type(i);
            if (type is RPAREN or RBRACKET or RBRACE) depth++;
            else if (type is LPAREN or LBRACKET or LBRACE) depth = Math.Max(0, depth - 1);
            if (depth == 0 && types.Contains(type)) return i;
        }
        return -1;
    }
}
