using Antlr4.Runtime;
using Antlr4.Runtime.Atn;
using Antlr4.Runtime.Misc;
using Grammar = PolicyEngine.Language.Syntax.Generated.PolicyParser;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>Runs one grammar rule over a window of tokens: quickly first, and with full context if that fails.</summary>
internal sealed class StatementParser(IReadOnlyList<IToken> tokens, int sourceLength)
{
    private readonly Grammar _parser = Create();

    /// <summary>The context and the index after it, or the error.</summary>
    public (T? Context, int Next, RecognitionException? Error) Parse<T>(int start, int end, Func<Grammar, T> rule) where T : ParserRuleContext
    {
        var fast = Run(start, end, rule, PredictionMode.SLL);
        return fast.Error is null ? fast : Run(start, end, rule, PredictionMode.LL);
    }

    private (T? Context, int Next, RecognitionException? Error) Run<T>(
        int start, int end, Func<Grammar, T> rule, PredictionMode mode) where T : ParserRuleContext
    {
        var offset = end < tokens.Count ? tokens[end].StartIndex : sourceLength;
        var window = new TokenWindow(tokens, start, end, TokenReader.End(offset, end));
        _parser.TokenStream = window;
        _parser.Interpreter.PredictionMode = mode;
        try
        {
            return (rule(_parser), window.Index, null);
        }
        catch (ParseCanceledException canceled) when (canceled.InnerException is RecognitionException error)
        {
            return (null, window.Index, error);
        }
    }

    private static Grammar Create()
    {
        var parser = new Grammar(new TokenWindow([], 0, 0, TokenReader.End(0, 0)), TextWriter.Null, TextWriter.Null) { ErrorHandler = new BailErrorStrategy() };
        parser.RemoveErrorListeners();
        return parser;
    }
}
