using Antlr4.Runtime;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>A statement that could not be read: its tokens [Start, End) and what the parser says.</summary>
internal sealed record FailedStatement(
    IReadOnlyList<IToken> Tokens, SourceText Source, int Start, int End, RecognitionException Error)
{
    /// <summary>The token at which reading stopped; may be the end.</summary>
    public int Failed => Math.Clamp(Error.OffendingToken?.TokenIndex ?? Start, Start, End);

    public TextSpan SpanAt(int index) => index < End
        ? Tokens[index].Span(Source)
        : new TextSpan(Source, End > Start ? Tokens[End - 1].StopIndex + 1 : 0, 0);
}

/// <summary>Says in the author's words why a statement could not be read.</summary>
internal static class SyntaxErrors
{
    public static Diagnostic Explain(FailedStatement failed) =>
        SyntaxMessages.Error(SyntaxCodes.Stuck, "I got stuck here", failed.SpanAt(failed.Failed));
}
