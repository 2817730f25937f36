using Antlr4.Runtime;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>Reads one expression out of a stretch of a source.</summary>
internal static class ExpressionReader
{
    /// <param name="insideText">The stretch lies in a quoted text: its escapes are resolved first.</param>
    public static ExpressionResult Read(TextSpan span, bool insideText, ParseLimits limits)
    {
        var source = span.Source ?? throw new ArgumentException("the span has no source", nameof(span));
        var report = new SyntaxReport(source, limits.Diagnostics);
        var expression = Read(source, span, insideText, limits, report);
        return new ExpressionResult(report.Count == 0 ? expression : null, report.All());
    }

    private static ExpressionSyntax? Read(SourceText source, TextSpan span, bool insideText, ParseLimits limits, SyntaxReport report)
    {
        List<IToken> tokens;
        if (insideText)
        {
            var places = new List<int>(span.Length + 1);
            var text = TextValue.Unescape(source.Text, span.Start, span.End, places);
            tokens = TokenReader.Read(text, offset => places[offset], limits.Tokens, null);
        }
        else tokens = TokenReader.Read(span.Text, offset => offset + span.Start, limits.Tokens, null);
        if (tokens.Count > limits.Tokens)
        {
            report.Add(SyntaxMessages.TooLarge(span, $"{limits.Tokens} words and signs"));
            return null;
        }
        var mended = LexicalCheck.Mend(tokens, source, report, limits.Depth);
        var end = mended.EndFor(0);
        var (context, _, error) = new StatementParser(mended.Tokens, span.End).Parse(0, end, p => p.loneExpression());
        if (error is not null && report.Count == 0)
            report.Add(SyntaxErrors.Explain(new FailedStatement(mended.Tokens, source, 0, end, error)));
        return context is null ? null : new TreeBuilder(source, report, limits).Expression(context.expression());
    }
}
