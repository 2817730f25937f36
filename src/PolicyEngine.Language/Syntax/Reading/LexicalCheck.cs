using Antlr4.Runtime;
using PolicyEngine.Language.Text;
using static PolicyEngine.Language.Syntax.Generated.PolicyLexer;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>
/// Goes over the tokens before any is parsed: reports what is no word of the language, puts what was meant in its place, and
/// sets a barrier where nesting would be too deep for passes that work by recursion.
/// </summary>
internal sealed class LexicalCheck(SourceText source, SyntaxReport report, int depthLimit)
{
    private readonly List<IToken> _tokens = [];
    private readonly List<int> _mistakes = [];
    private readonly List<int> _barriers = [];

    public static MendedTokens Mend(IReadOnlyList<IToken> tokens, SourceText source, SyntaxReport report, int depthLimit)
    {
        var check = new LexicalCheck(source, report, depthLimit);
        check.MendAll(tokens);
        check.FindBarriers();
        return new MendedTokens(check._tokens, check._mistakes, check._barriers);
    }

    private void MendAll(IReadOnlyList<IToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = (CommonToken)tokens[i];
            if (token.Type >= BAD_COMMENT)
            {
                if (IsSecondHalf(tokens, i)) continue;
                _mistakes.Add(_tokens.Count);
                if (!Mend(token)) continue;
            }
            else if (token.Type is TEXT) CheckCharacters(token);
            token.TokenIndex = _tokens.Count;
            _tokens.Add(token);
        }
    }

    /// <summary>Reports a bad token and makes it what was meant; false when it is best left out.</summary>
    private bool Mend(CommonToken token)
    {
        var span = token.Span(source);
        switch (token.Type)
        {
            case BAD_COMMENT:
                report.Add(SyntaxMessages.CommentSign(span));
                return false;
            case BAD_OPERATOR:
                var (type, text) = OperatorMeant(token.Text);
                report.Add(SyntaxMessages.OtherOperator(span, text));
                return Replace(token, type, text);
            case BAD_NUMBER:
                var (meant, number) = LiteralGuess.Number(token.Text);
                report.Add(SyntaxMessages.NumberWithLetters(span, number));
                return Replace(token, meant, number ?? "0");
            case BAD_ESCAPE:
                report.Add(SyntaxMessages.UnknownEscape(BadEscape(token)));
                return Replace(token, TEXT, "\"\"");
            case UNCLOSED_TEXT or UNCLOSED_RAW or UNCLOSED_QUOTED:
                report.Add(SyntaxMessages.Unclosed(span, token.Text[0]));
                return Replace(token, token.Type is UNCLOSED_TEXT ? TEXT : token.Type is UNCLOSED_RAW ? RAW : QUOTED, "\"\"");
            case SMART_TEXT:
                report.Add(SyntaxMessages.SmartQuotes(span));
                return Replace(token, TEXT, $"\"{token.Text[1..^1].Replace("\\", "\\\\", StringComparison.Ordinal)}\"");
            default:
                if (token.Text == "%" && _tokens is [.., CommonToken { Type: NUMBER } count])
                {
                    report.Add(SyntaxMessages.PercentApart(count.Span(source).To(span), count.Text));
                    Replace(count, PERCENT, count.Text.Replace("_", "", StringComparison.Ordinal) + "%");
                    return false;
                }
                report.Add(SyntaxMessages.StrayCharacter(Whole(token)));
                return false;
        }
    }

    private static bool Replace(CommonToken token, int type, string text)
    {
        token.Type = type;
        token.Text = text;
        return true;
    }

    private static (int Type, string Text) OperatorMeant(string written) => written switch
    {
        "==" or "===" => (EQ, "="),
        "!==" or "<>" or "\u2260" => (NEQ, "!="),
        "=>" or "\u2265" => (GE, ">="),
        "=<" or "\u2264" => (LE, "<="),
        "&&" or "&" => (AND, "and"),
        "||" or "|" => (OR, "or"),
        _ => (NOT, "not"),
    };

    /// <summary>The first escape that the language does not know.</summary>
    private TextSpan BadEscape(CommonToken token)
    {
        var text = token.Text;
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] != '\\') continue;
            if (text[i + 1] is not ('"' or '\\' or 'n' or 't')) return new TextSpan(source, token.StartIndex + i, 2);
            i++;
        }
        return token.Span(source);
    }

    private void CheckCharacters(CommonToken token)
    {
        var text = token.Text;
        for (var at = text.IndexOf("\\u{", StringComparison.Ordinal); at >= 0; at = text.IndexOf("\\u{", at + 1, StringComparison.Ordinal))
        {
            if (Backslashes(text, at) % 2 == 1) continue;
            var close = text.IndexOf('}', at);
            if (close < 0 || TextValue.TryCodePoint(text[(at + 3)..close], out _)) continue;
            report.Add(SyntaxMessages.NoSuchCharacter(new TextSpan(source, token.StartIndex + at, close - at + 1)));
        }
    }

    private static int Backslashes(string text, int before)
    {
        var count = 0;
        while (before - count > 0 && text[before - count - 1] == '\\') count++;
        return count;
    }

    /// <summary>Characters past U+FFFF come as two halves; the first speaks for both.</summary>
    private bool IsSecondHalf(IReadOnlyList<IToken> tokens, int index) =>
        char.IsLowSurrogate(source.Text[tokens[index].StartIndex]) && index > 0
        && tokens[index - 1].StopIndex + 1 == tokens[index].StartIndex && char.IsHighSurrogate(source.Text[tokens[index - 1].StartIndex]);

    private TextSpan Whole(CommonToken token)
    {
        var length = char.IsHighSurrogate(source.Text[token.StartIndex]) && token.StartIndex + 1 < source.Text.Length
            && char.IsLowSurrogate(source.Text[token.StartIndex + 1]) ? 2 : 1;
        return new TextSpan(source, token.StartIndex, length);
    }

    private void FindBarriers()
    {
        var starts = new StatementStarts(_tokens);
        var (depth, run, found) = (0, 0, false);
        for (var i = 0; i < _tokens.Count; i++)
        {
            // A statement never starts inside brackets: its first two words cannot follow one another in an expression.
            if (starts.IsStart(i)) (depth, found) = (0, false);
            var type = _tokens[i].Type;
            run = type is NOT or MINUS ? run + 1 : 0;
            if (type is LPAREN or LBRACKET or LBRACE) depth++;
            else if (type is RPAREN or RBRACKET or RBRACE) depth = Math.Max(0, depth - 1);
            if (depth + run <= depthLimit || found) continue;
            found = true;
            _barriers.Add(i);
            report.Add(SyntaxMessages.TooDeep(_tokens[i].Span(source), depthLimit));
        }
    }
}
