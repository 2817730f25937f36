using Antlr4.Runtime;
using Antlr4.Runtime.Atn;
using Antlr4.Runtime.Dfa;
using Antlr4.Runtime.Sharpen;
using PolicyEngine.Language.Syntax.Reading;
using PolicyEngine.Language.Text;
using Grammar = PolicyEngine.Language.Syntax.Generated.PolicyParser;
using Lexer = PolicyEngine.Language.Syntax.Generated.PolicyLexer;

namespace PolicyEngine.Language.Tests.Syntax;

/// <summary>The grammar decides everything by looking ahead a little: never by full context, and never between two readings.</summary>
public sealed class AmbiguityTests
{
    public static TheoryData<string> Cases => [.. TestCases.Find("translations"), .. TestCases.Find("syntax"), .. TestCases.Find("format")];

    /// <summary>Every word of the language that may be a field.</summary>
    public static TheoryData<string> Words => [.. Enumerable.Range(Lexer.PACK, Lexer.DAY - Lexer.PACK + 1).Select(t => Lexer.DefaultVocabulary.GetLiteralName(t).Trim('\''))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_has_one_reading_and_needs_no_full_context(string name) => Check(TestCases.Read(name).Text);

    [Theory]
    [MemberData(nameof(Words))]
    public void A_word_of_the_language_may_be_a_field_in_every_place(string word) => Check(Everywhere(word));

    [Fact]
    public void Members_may_be_tested_by_in_before_the_preposition_in() => Check("""
        rule a on each e
          then review each account of ring where account in trusted in "queue",
               review each account of ring where account has label bot in "queue",
               review each account of ring where fresh(account) and not in_hand to 5
        """);

    /// <summary>A field in all positions that a field can have; the unit words alone may not stand behind `per`.</summary>
    private static string Everywhere(string word)
    {
        var key = word is "second" or "minute" or "hour" or "day" ? $"`{word}`" : word;
        return $$"""
            event e { {{word}}: text? sensitive from "x"  {{word}}.{{word}}: list<text>  y = {{word}} + {{word}}.{{word}}  {{word}} = {{word}}  z: text }
            event f = e where {{word}} = 1 or {{word}} in [1] and not {{word}} is missing and {{word}}({{word}})
            extend e { {{word}} = {{word}} }
            measure a = sum {{word}} of e where {{word}} per {{key}}, x.{{word}}, f({{word}}, {{word}}) over 1h step 5m ending 1d ago
            measure b = percentile 95 {{word}} of e where {{word}} > {{word}} per {{key}} over each 1d
            measure c = alignment {{word}} * {{word}} of e within 10s per {{key}} over 24h
            measure d = share of account by {{key}}, {{key}} of e over 30d where {{word}}
            measure g = latest {{word}} of e per {{key}}
            measure h = distinct {{word}} of e where {{word}} between {{word}} and {{word}} over session until 30m idle
            link ring of account over 30d by {{key}}, {{key}} of e unless shared by more than 5 by {{key}} of e
            let l = ({{word}} - -{{word}}) / {{word}}
            define k(a: account) = {{word}} has label x and {{word}}.{{word}} had label x older than 1h
            rule r
              on e as {{word}} where {{word}} = {{word}}.{{word}} per {{key}} followed by e where {{word}} not followed by 5 times e where {{word}} within 1h until e where {{word}}
              when {{word}} contains any of {{word}} and {{word}} starts with {{word}} ignoring case or at least 2 of ({{word}}, {{word}})
              except when {{word}} until 2027-01-01 because "x"
              except when {{word}} = {{word}} because "x"
              then add {{word}} to s of {{word}} for 1h at most 5 per hour after 1h to 6h, label {{word}} as x for 1h, unlabel {{word}} as x,
                   remove {{word}} from l, open case for {{word}}, block {{word}} to {{word}} for {{word}} in {{word}} with {{word}} by {{word}} from {{word}},
                   block each account of ring where {{word}} and not {{word}} > {{word}} or {{word}} at most 5 per day,
                   block each account of ring where {{word}} has label x in {{word}}, observe
              because "x"
              rearm when {{word}}
              once in 1h
            rule s on e per {{key}} when {{word}} then observe
            rule t on every 10m per {{key}} then observe
            rule u from v({{word}}, {{word}}.{{word}}) severity high
            except for r when {{word}} until 2027-01-01 because "x"
            test "x"
              given e at 1h every 5m for 2h { {{word}}: 1, {{word}}.{{word}}: { {{word}}: "x" }, }
              expect value {{word}} >= {{word}} for account "a" at 1h
            """;
    }

    private static void Check(string text)
    {
        var exact = Parse(text, PredictionMode.LL_EXACT_AMBIG_DETECTION, out var reports);
        Assert.Empty(reports);
        Assert.Equal(exact, Parse(text, PredictionMode.SLL, out _));
        Assert.Equal(exact, Parse(text, PredictionMode.LL, out _));
    }

    private static string Parse(string text, PredictionMode mode, out List<string> reports)
    {
        var tokens = TokenReader.Read(text, null, int.MaxValue - 1, null);
        var window = new TokenWindow(tokens, 0, tokens.Count, TokenReader.End(text.Length, tokens.Count));
        var parser = new Grammar(window, TextWriter.Null, TextWriter.Null);
        var listener = new Listener(new SourceText("", text));
        parser.RemoveErrorListeners();
        parser.AddErrorListener(listener);
        parser.Interpreter.PredictionMode = mode;
        var tree = parser.file().ToStringTree(parser);
        reports = listener.Reports;
        return tree;
    }

    private sealed class Listener(SourceText source) : BaseErrorListener
    {
        public List<string> Reports { get; } = [];

        public override void SyntaxError(
            TextWriter output, IRecognizer recognizer, IToken offendingSymbol, int line, int charPositionInLine, string msg, RecognitionException e) =>
            Reports.Add($"{line}:{charPositionInLine}: {msg}");

        public override void ReportAmbiguity(
            Antlr4.Runtime.Parser recognizer, DFA dfa, int startIndex, int stopIndex, bool exact, BitSet ambigAlts, ATNConfigSet configs) =>
            Add("two readings", recognizer, dfa, startIndex);

        public override void ReportAttemptingFullContext(
            Antlr4.Runtime.Parser recognizer, DFA dfa, int startIndex, int stopIndex, BitSet conflictingAlts, ATNConfigSet configs) =>
            Add("full context", recognizer, dfa, startIndex);

        private void Add(string what, Antlr4.Runtime.Parser recognizer, DFA dfa, int index) =>
            Reports.Add($"{what} in {recognizer.RuleNames[dfa.atnStartState.ruleIndex]} at {source.Position(((ITokenStream)recognizer.InputStream).Get(index).StartIndex)}");
    }
}
