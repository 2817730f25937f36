using System.Text;
using Antlr4.Runtime;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>
/// Reads a file statement by statement. A statement that fails is reported once and left out, and reading goes on at the next
/// start of a statement.
/// </summary>
internal sealed class FileReader(SourceText source, ParseLimits limits)
{
    private readonly SyntaxReport _report = new(source, limits.Diagnostics);
    private readonly List<Statement> _statements = [];
    private readonly HashSet<string> _broken = [];
    private int _previous = -1;

    public ParseResult Read()
    {
        var comments = new List<IToken>();
        if (Encoding.UTF8.GetByteCount(source.Text) > limits.SourceBytes)
            _report.Add(SyntaxMessages.TooLarge(new TextSpan(source, 0, 0), $"{limits.SourceBytes} bytes"));
        else
        {
            var tokens = TokenReader.Read(source.Text, null, limits.Tokens, comments);
            if (tokens.Count > limits.Tokens) _report.Add(SyntaxMessages.TooLarge(tokens[^1].Span(source), $"{limits.Tokens} words and signs"));
            else ReadStatements(LexicalCheck.Mend(tokens, source, _report, limits.Depth));
        }
        var file = new PolicyFile(source, _statements, [.. comments.Select(Comment)]);
        return new ParseResult(file, _report.All()) { BrokenNames = _broken };
    }

    private void ReadStatements(MendedTokens mended)
    {
        var tokens = mended.Tokens;
        var starts = new StatementStarts(tokens);
        var parser = new StatementParser(tokens, source.Text.Length);
        var builder = new TreeBuilder(source, _report, limits);
        for (var at = 0; at < tokens.Count;)
        {
            var end = mended.EndFor(at);
            var (context, next, error) = parser.Parse(at, end, p => p.statement());
            if (error is null && context is not null && !starts.RunsOn(at, next))
            {
                _statements.Add(builder.Statement(context));
                _previous = at;
                at = next;
                continue;
            }
            at = Recover(parser, builder, starts, mended, at, end, error?.OffendingToken?.TokenIndex ?? next, error);
        }
    }

    /// <summary>Reports a statement that failed, or that went on into the next one; gives the place to read on from.</summary>
    private int Recover(
        StatementParser parser, TreeBuilder builder, StatementStarts starts, MendedTokens mended, int at, int end, int failed,
        RecognitionException? error)
    {
        var tokens = mended.Tokens;
        failed = Math.Clamp(failed, at, tokens.Count);
        // A statement that breaks off runs into the next one, whose first word may look like a field; the place where it
        // broke off is found by reading again up to that next one.
        var start = starts.Next(at + 1, Math.Min(failed + 1, end), at);
        if (start <= failed && start < end)
        {
            var shorter = parser.Parse(at, start, p => p.statement());
            if (shorter.Context is { } context)
            {
                _statements.Add(builder.Statement(context));
                _previous = at;
                return shorter.Next;
            }
            (error, end, failed) = (shorter.Error, start, shorter.Error!.OffendingToken?.TokenIndex ?? start);
        }
        if (!mended.HasMistake(at, failed)) _report.Add(SyntaxErrors.Explain(new FailedStatement(tokens, source, at, end, error!, _previous)));
        if (at + 1 < tokens.Count && DeclaredName(tokens[at + 1]) is { } name) _broken.Add(name);
        _previous = at;
        return starts.Next(Math.Max(at + 1, Math.Min(start, failed)), tokens.Count, at);
    }

    private static string? DeclaredName(IToken token) => token.Type switch
    {
        Generated.PolicyLexer.NAME => token.Text,
        Generated.PolicyLexer.QUOTED => token.Text.Trim('`'),
        _ => null,
    };

    private Comment Comment(IToken token)
    {
        var before = token.StartIndex - 1;
        while (before >= 0 && source.Text[before] is ' ' or '\t' or '\u00A0' or '\uFEFF') before--;
        return new Comment(token.Span(source), token.Text.TrimEnd(), before < 0 || source.Text[before] is '\n' or '\r');
    }
}
