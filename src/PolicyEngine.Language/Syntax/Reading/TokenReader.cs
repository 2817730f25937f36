using Antlr4.Runtime;
using PolicyEngine.Language.Text;
using Lexer = PolicyEngine.Language.Syntax.Generated.PolicyLexer;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>Text to tokens. Comments go apart; the lexer knows every character, so it never fails.</summary>
internal static class TokenReader
{
    /// <summary>
    /// Tokens of <paramref name="text"/>; <paramref name="place"/> turns an offset in it into one of the source.
    /// Stops one past <paramref name="limit"/>.
    /// </summary>
    public static List<IToken> Read(string text, Func<int, int>? place, int limit, List<IToken>? comments)
    {
        var lexer = new Lexer(new AntlrInputStream(text), TextWriter.Null, TextWriter.Null);
        lexer.RemoveErrorListeners();
        var tokens = new List<IToken>();
        for (var token = (CommonToken)lexer.NextToken(); token.Type != TokenConstants.EOF; token = (CommonToken)lexer.NextToken())
        {
            if (token.Type == Lexer.COMMENT) comments?.Add(token);
            if (token.Channel != Lexer.DefaultTokenChannel) continue;
            if (tokens.Count >= limit + 1) break;
            if (place is not null)
            {
                // A token takes its text from its place in the stream, which is about to become a place in the source.
                token.Text = text[token.StartIndex..(token.StopIndex + 1)];
                token.StopIndex = place(token.StopIndex + 1) - 1;
                token.StartIndex = place(token.StartIndex);
            }
            token.TokenIndex = tokens.Count;
            tokens.Add(token);
        }
        return tokens;
    }

    public static IToken End(int offset, int index) =>
        new CommonToken(TokenConstants.EOF, "") { StartIndex = offset, StopIndex = offset - 1, TokenIndex = index };

    public static TextSpan Span(this IToken token, SourceText source) =>
        new(source, token.StartIndex, Math.Max(0, token.StopIndex - token.StartIndex + 1));
}
