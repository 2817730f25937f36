using PolicyEngine.Language.Diagnostics;
using static PolicyEngine.Language.Syntax.Generated.PolicyLexer;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>Mistakes about the parts of a statement: their order, what they lack, what holds them together.</summary>
internal static partial class SyntaxErrors
{
    private const string RuleOrder = "the order is: on, when, except, then, because, and then the rest";

    private static int Rank(int type) => type switch
    {
        ON => 1,
        WHEN => 2,
        EXCEPT => 3,
        THEN => 4,
        BECAUSE => 5,
        ONCE or REARM or FAIL or FORMERLY or SEVERITY or STAGE or HOLDOUT or OWNER or POLICY or RUNBOOK or TAGS => 6,
        _ => 0,
    };

    private static Diagnostic? ClauseOrder(FailedStatement failed)
    {
        var at = failed.Failed;
        if (failed.Type(at - 1) is DOT) return null;
        if (failed.Kind is MEASURE) return MeasureOrder(failed);
        if (failed.Type(failed.Start) is EXCEPT && at == failed.Start + 1 && failed.Previous >= 0 && failed.Tokens[failed.Previous].Type is RULE)
            return OutOfOrder(failed, "except", "then", RuleOrder);
        if (failed.Kind is TEST && failed.Type(at) is GIVEN or STARTING) return OutOfOrder(failed, "given", "expect", "the order is: given, then expect");
        if (failed.Kind is not (RULE or RECIPE) || Rank(failed.Type(at)) == 0) return null;
        var begin = failed.AtStart ? failed.Previous : failed.Start;
        var (highest, word) = (0, "");
        for (var i = begin + 1; i < at; i++)
        {
            // A soft word counts where it begins a line, as everybody writes clauses; elsewhere it may be a field.
            if (Rank(failed.Tokens[i].Type) is var rank && rank > highest && (rank is 1 or 2 or 4 || FirstOnLine(failed, i)))
                (highest, word) = (rank, failed.Tokens[i].Text);
        }
        var here = Rank(failed.Type(at));
        if (here < highest || here == highest && here is 1 or 2 or 4) return OutOfOrder(failed, failed.Text(at), word, RuleOrder);
        if (highest == 0 && here > 1) return OutOfOrder(failed, failed.Text(at), "on", RuleOrder, after: true);
        return here < 5 || highest >= 4 || failed.AtStart ? null : TooEarly(failed);
    }

    /// <summary>A clause that stands where `then` was to come.</summary>
    private static Diagnostic TooEarly(FailedStatement failed)
    {
        for (var i = failed.Failed + 1; i < failed.Tokens.Count && failed.Tokens[i].Type is not (RULE or RECIPE or MEASURE or TEST); i++)
            if (failed.Tokens[i].Type is THEN) return OutOfOrder(failed, failed.Text(failed.Failed), "then", RuleOrder, after: true);
        return NoThen(failed);
    }

    private static Diagnostic NoThen(FailedStatement failed) =>
        SyntaxMessages.Error(SyntaxCodes.Stuck, "this rule has no `then`", failed.Span(failed.Failed)) with
        {
            Label = "I expected `then` with what the rule does, before this",
            Help = "a rule that only watches says  then observe",
        };

    private static Diagnostic? MissingThen(FailedStatement failed)
    {
        var at = failed.Failed;
        var stops = at == failed.End && FailedStatement.EndsValue(failed.Type(at - 1)) && failed.OpenBrackets(at).Depth == 0;
        return stops && failed.Kind is RULE or RECIPE && failed.LastBefore(at, ON) >= 0 && failed.LastBefore(at, THEN) < 0 ? NoThen(failed) : null;
    }

    private static bool FirstOnLine(FailedStatement failed, int index) =>
        index == 0 || failed.Tokens[index - 1].Line < failed.Tokens[index].Line;

    private static Diagnostic? MeasureOrder(FailedStatement failed)
    {
        var type = failed.Type(failed.Failed);
        var begin = failed.AtStart ? failed.Previous : failed.Start;
        bool Seen(int word) => Enumerable.Range(begin, failed.Failed - begin).Any(i => failed.Tokens[i].Type == word);
        const string order = "the order is: of, where, per, over (with step and ending)";
        return type switch
        {
            PER when Seen(OVER) => OutOfOrder(failed, "per", "over", order),
            WHERE when Seen(PER) => OutOfOrder(failed, "where", "per", order),
            STEP when Seen(ENDING) => OutOfOrder(failed, "step", "ending", order),
            _ => null,
        };
    }

    private static Diagnostic OutOfOrder(FailedStatement failed, string word, string other, string order, bool after = false) =>
        SyntaxMessages.Error(
            SyntaxCodes.ClauseOrder, word == other ? $"there is a second `{word}`" : $"`{word}` belongs {(after ? "behind" : "before")} `{other}`",
            failed.Span(failed.Failed)) with
        {
            Label = word == other ? "join conditions with `and`, responses with commas" : after ? "too early here" : "too late here",
            Help = order,
        };

    /// <summary>A response on a new line without the comma before it.</summary>
    private static Diagnostic? SecondResponse(FailedStatement failed)
    {
        var asLabel = failed.Type(failed.Start) is LABEL && failed.Failed == failed.Start + 2 && failed.Type(failed.Failed) is AS;
        var previous = failed.Previous;
        if (failed.AtStart && Suggestion.Nearest(failed.Text(failed.Start), StatementParts.ClauseWords) is not null) return null;
        if (previous < 0 || failed.Tokens[previous].Type is not (RULE or RECIPE) || !(asLabel || failed.AtStart)) return null;
        var builtIn = asLabel || failed.Type(failed.Start) is ADD or REMOVE or UNLABEL or OPEN or OBSERVE;
        if (!builtIn && !(failed.Type(failed.Start) is NAME && IsWord(failed.Type(failed.Start + 1)) && LastPartIsThen(failed))) return null;
        if (!LastPartIsThen(failed)) return null;
        var gap = new Text.TextSpan(failed.Source, failed.Tokens[failed.Start - 1].StopIndex + 1, 0);
        return SyntaxMessages.Error(SyntaxCodes.Comma, "a comma is missing between two responses", failed.Span(failed.Start)) with
        {
            Label = "I expected a comma before this response",
            Fix = SyntaxMessages.Safe("put a comma after the response before", gap, ","),
        };
    }

    private static bool LastPartIsThen(FailedStatement failed)
    {
        for (var i = failed.Start - 1; i > failed.Previous; i--)
            if (Rank(failed.Tokens[i].Type) is var rank && (rank is 1 or 2 or 4 || rank > 0 && FirstOnLine(failed, i))) return rank == 4;
        return false;
    }

    private static Diagnostic? ChainedComparison(FailedStatement failed)
    {
        var at = failed.Failed;
        if (!FailedStatement.IsComparison(failed.Type(at)) || failed.AtStart) return null;
        var begin = Edge(failed, at, -1);
        var first = Enumerable.Range(begin, at - begin).LastOrDefault(i => FailedStatement.IsComparison(failed.Type(i)), -1);
        if (first <= begin || first + 1 >= at) return null;
        var end = Edge(failed, at, 1);
        if (end <= at + 1) return null;
        var whole = failed.Span(begin, end - 1);
        var (low, middle, high) = (failed.Span(begin, first - 1).Text, failed.Span(first + 1, at - 1).Text, failed.Span(at + 1, end - 1).Text);
        if ((failed.Type(first), failed.Type(at)) is (GE, GE) or (GT, GT)) (low, high) = (high, low);
        var between = $"{middle} between {low} and {high}";
        var inclusive = (failed.Type(first), failed.Type(at)) is (LE, LE) or (GE, GE);
        return SyntaxMessages.Error(SyntaxCodes.ChainedComparison, "comparisons do not chain", failed.Span(at)) with
        {
            Label = $"did you mean `{between}`?",
            Help = inclusive ? null : "`between` includes both ends; with open ends write two comparisons and `and` between them",
            Fix = inclusive ? SyntaxMessages.Safe($"write `{between}`", whole, between) : SyntaxMessages.Unsafe($"write `{between}`", whole, between),
        };
    }

    /// <summary>The end of the comparison around a token, in one direction: the index of its first token, or one past its last.</summary>
    private static int Edge(FailedStatement failed, int at, int direction)
    {
        var depth = 0;
        var i = direction < 0 ? at - 1 : at + 1;
        for (; i >= failed.Start && i < failed.End; i += direction)
        {
            var type = failed.Type(i);
            if (type is RPAREN or RBRACKET) depth -= direction;
            else if (type is LPAREN or LBRACKET) depth += direction;
            if (depth < 0 || depth == 0 && type is AND or OR or NOT or WHEN or WHERE or THEN or COMMA or PER or OVER or COLON) break;
            if (depth == 0 && direction > 0 && FirstOnLine(failed, i) && Rank(type) > 0) break;
        }
        return direction < 0 ? i + 1 : i;
    }

    /// <summary>`on exchange` alone: one event or somebody's state?</summary>
    private static Diagnostic? BareTrigger(FailedStatement failed)
    {
        var at = failed.Failed;
        var on = failed.LastBefore(at, ON);
        if (on < 0 || failed.Kind is not (RULE or RECIPE) || !(failed.Type(at) is WHEN or THEN or EXCEPT || at == failed.End)) return null;
        var last = on + 1;
        while (failed.Type(last) is NAME or QUOTED && failed.Type(last + 1) is DOT or COMMA) last += 2;
        if (failed.Type(last) is not (NAME or QUOTED) || last + 1 != at) return null;
        var span = failed.Span(on + 1, last);
        return SyntaxMessages.Error(SyntaxCodes.BareTrigger, "does this rule speak of one event, or of somebody's state?", span) with
        {
            Label = $"`on each {span.Text}`, or `on {span.Text} per account`",
            Help = "`each` fires at every such event for which `when` holds; `per account` when it becomes true for an account",
            Fix = SyntaxMessages.Unsafe($"write `on each {span.Text}`", span, $"each {span.Text}"),
        };
    }

    /// <summary>`on each login where …`: only steps of a sequence are narrowed there.</summary>
    private static Diagnostic? WhereUponEach(FailedStatement failed)
    {
        var at = failed.Failed;
        var each = failed.LastBefore(at, ON) + 1;
        return failed.Type(at) is WHERE && each > 0 && failed.Type(each) is EACH && failed.LastBefore(at, THEN) < 0
            ? SyntaxMessages.WhereWithoutSteps(failed.Span(at), failed.Span(at))
            : null;
    }

    private static Diagnostic? MissingReason(FailedStatement failed)
    {
        var at = failed.Failed;
        if (failed.Type(at - 1) is BECAUSE && failed.Type(at) is not RAW && !failed.AtStart)
        {
            return SyntaxMessages.Error(SyntaxCodes.MissingReason, "`because` has no text", failed.Span(at - 1)) with
            {
                Label = "I expected a text in double quotes after this",
                Help = "like this:  because \"{requests_1h} requests in an hour\"",
            };
        }
        var except = failed.Kind is EXCEPT ? failed.Start : failed.LastBefore(at, EXCEPT);
        if (except < 0 || !failed.Expects(BECAUSE) || failed.LastBefore(at, THEN) >= 0) return null;
        if (failed.Type(at) is not (THEN or EXCEPT or BECAUSE) && at != failed.End) return null;
        return SyntaxMessages.Error(SyntaxCodes.MissingReason, "this exception has no reason", failed.Span(except, at - 1)) with
        {
            Label = "I expected `because` and a text at its end",
            Help = "like this:  except when org in trusted_orgs until 2027-03-31 because \"under contract\"",
        };
    }

    /// <summary>A comma with nothing behind it, or one where none belongs.</summary>
    private static Diagnostic? EmptyPlace(FailedStatement failed)
    {
        var at = failed.Failed;
        if (failed.Type(at) is COMMA && failed.Kind is EVENT or EXTEND or RESPONSES && failed.OpenBrackets(at).Depth == 1)
        {
            return SyntaxMessages.Error(SyntaxCodes.Comma, "no comma stands between these", failed.Span(at)) with
            {
                Label = "leave it out",
                Help = $"like this:  {StatementParts.Of(failed, at).Example}",
                Fix = SyntaxMessages.Safe("leave the comma out", failed.Span(at), ""),
            };
        }
        if (failed.Type(at - 1) is not COMMA || at == failed.Start) return null;
        if (!(at == failed.End || failed.Type(at) is COMMA or RPAREN or RBRACKET or RBRACE || FailedStatement.IsReserved(failed.Type(at)) || Rank(failed.Type(at)) > 0))
            return null;
        return SyntaxMessages.Error(SyntaxCodes.Comma, "nothing follows this comma", failed.Span(at - 1)) with
        {
            Label = "leave it out, or go on after it",
            Fix = SyntaxMessages.Unsafe("leave the comma out", failed.Span(at - 1), ""),
        };
    }

    private static Diagnostic? OpenBracket(FailedStatement failed)
    {
        var (depth, open) = failed.OpenBrackets(failed.Failed);
        var atEnd = failed.Failed == failed.End || failed.Type(failed.Failed) is THEN or WHEN or BECAUSE;
        var before = failed.Type(failed.Failed - 1);
        var complete = FailedStatement.EndsValue(before) || before is RBRACE or LBRACE or QUESTION;
        if (depth == 0 || !atEnd || !complete) return null;
        var close = failed.Text(open) switch { "(" => ")", "[" => "]", _ => "}" };
        return SyntaxMessages.Error(SyntaxCodes.OpenBracket, $"this `{failed.Text(open)}` is never closed", failed.Span(open)) with
        {
            Label = $"I expected `{close}` before the end of {StatementParts.Of(failed, failed.Start + 1).Name}",
        };
    }
}
