using PolicyEngine.Language.Diagnostics;
using static PolicyEngine.Language.Syntax.Generated.PolicyLexer;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>Mistakes about single words, names, quotes and units.</summary>
internal static partial class SyntaxErrors
{
    /// <summary>`if`, `else` and their like: another case is another rule.</summary>
    private static Diagnostic? Branches(FailedStatement failed)
    {
        var at = failed.Failed;
        if (failed.Type(at) is not NAME) return null;
        if (failed.Text(at).ToLowerInvariant() is not ("if" or "else" or "elseif" or "elif" or "elsif" or "otherwise" or "endif")) return null;
        return SyntaxMessages.Error(SyntaxCodes.NoBranches, $"there is no `{failed.Text(at)}` in this language", failed.Span(at)) with
        {
            Label = failed.Text(at) is "if" ? "conditions stand after `when`" : "write another rule for the other case",
            Help = "a rule says what it looks at, when it holds and what follows:  on each login  when fails_1h > 3  then review account in \"queue\"",
        };
    }

    /// <summary>`rule cot-harvest`.</summary>
    private static Diagnostic? NameWithHyphen(FailedStatement failed)
    {
        var at = failed.Failed;
        if (failed.Type(at) is not MINUS || at != failed.Start + 2 || failed.Type(at - 1) is not NAME) return null;
        var text = failed.Source.Text;
        var (start, end) = (failed.Tokens[at - 1].StartIndex, failed.Tokens[at].StopIndex + 1);
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-')) end++;
        var whole = new Text.TextSpan(failed.Source, start, end - start);
        if (whole.Text.EndsWith('-') || failed.Tokens[at - 1].StopIndex + 1 != failed.Tokens[at].StartIndex) return null;
        var meant = whole.Text.Replace('-', '_');
        return SyntaxMessages.Error(SyntaxCodes.WordAsName, "names have letters, digits and `_`, no hyphens", whole) with
        {
            Label = $"did you mean `{meant}`?",
            Fix = SyntaxMessages.Safe($"write `{meant}`", whole, meant),
        };
    }

    /// <summary>What is declared may not bear a word of the language, nor be referred to by one.</summary>
    private static Diagnostic? WordAsName(FailedStatement failed)
    {
        var at = failed.Failed;
        var type = failed.Type(at);
        if (!FailedStatement.IsSoft(type) && !FailedStatement.IsReserved(type)) return null;
        var declared = at == failed.Start + 1 && failed.Type(failed.Start) is not EXCEPT;
        var parameter = failed.Kind is DEFINE or RECIPE && failed.Type(at + 1) is COLON;
        if (at == failed.Start || !(declared || parameter)) return null;
        var word = failed.Text(at);
        var meant = at == failed.Start + 1 ? $"{word}_{failed.Text(failed.Start)}" : $"{word}_1";
        return SyntaxMessages.Error(SyntaxCodes.WordAsName, $"`{word}` is a word of the language and cannot be a declared name", failed.Span(at)) with
        {
            Label = $"a name of your own, such as `{meant}`",
            Help = "only fields of events may bear words of the language",
            Fix = SyntaxMessages.Unsafe($"call it `{meant}`", failed.Span(at), meant),
        };
    }

    /// <summary>The first word of a statement is none.</summary>
    private static Diagnostic? UnknownStatement(FailedStatement failed)
    {
        var at = failed.Failed;
        if (!failed.AtStart || !IsWord(failed.Type(at))) return null;
        var word = failed.Text(at);
        if (StatementParts.ClauseWords.Contains(word) || StatementParts.StatementWords.Contains(word)) return null;
        var known = failed.Kind is RULE or PACK ? StatementParts.StatementWords.Concat(StatementParts.ClauseWords) : StatementParts.StatementWords;
        var near = Suggestion.Nearest(word, known);
        var firstOnLine = at == 0 || failed.Tokens[at - 1].Line < failed.Tokens[at].Line;
        if (near is null && !firstOnLine) return null;
        var error = SyntaxMessages.Error(SyntaxCodes.UnknownStatement, $"no statement begins with `{word}`", failed.Span(at)) with
        {
            Help = $"a statement begins with one of: {string.Join(", ", StatementParts.StatementWords)}",
        };
        return near is null
            ? error
            : error with { Label = $"did you mean `{near}`?", Fix = SyntaxMessages.Unsafe($"write `{near}`", failed.Span(at), near) };
    }

    /// <summary>`measure m = median x of e`.</summary>
    private static Diagnostic? UnknownFunction(FailedStatement failed)
    {
        var equal = failed.LastBefore(failed.Failed, EQ);
        var at = equal + 1;
        if (failed.Type(failed.Start) is not MEASURE || equal != failed.Start + 2 || failed.Failed > at + 1 || Functions.Contains(failed.Text(at))) return null;
        var near = Suggestion.Nearest(failed.Text(at), Functions);
        var error = Stuck(failed, "") with { Span = failed.Span(at), Message = "I was reading the measure and know no such function" };
        return near is null
            ? error with { Label = "I expected one of: " + string.Join(", ", Functions) }
            : error with { Label = $"did you mean `{near}`?", Fix = SyntaxMessages.Unsafe($"write `{near}`", failed.Span(at), near) };
    }

    private static readonly string[] Functions =
    [
        "count", "rate", "share", "sum", "average", "min", "max", "percentile", "variation", "distinct", "entropy", "top_share", "first",
        "latest", "previous", "since", "alignment",
    ];

    /// <summary>`10 minutes`, `over 3 days`.</summary>
    private static Diagnostic? UnitApart(FailedStatement failed)
    {
        var number = failed.Type(failed.Failed) is NUMBER ? failed.Failed : failed.Failed - 1;
        if (failed.Type(number) is not NUMBER || !IsWord(failed.Type(number + 1))) return null;
        var (count, word) = (failed.Text(number), failed.Text(number + 1));
        var span = failed.Span(number, number + 1);
        if (word.ToLowerInvariant() is "month" or "months" or "year" or "years")
        {
            return SyntaxMessages.Error(SyntaxCodes.UnitApart, $"durations have a fixed length: there is no `{word}`", span) with
            {
                Label = "say it in days, such as `30d`",
            };
        }
        if (LiteralGuess.DurationUnit(word) is not { } unit || count.Contains('.')) return null;
        var meant = count.Replace("_", "", StringComparison.Ordinal) + unit;
        return SyntaxMessages.Error(SyntaxCodes.UnitApart, "number and unit are written together", span) with
        {
            Label = $"write `{meant}`",
            Fix = SyntaxMessages.Safe($"write `{meant}`", span, meant),
        };
    }

    /// <summary>`is not missing`.</summary>
    private static Diagnostic? IsNot(FailedStatement failed)
    {
        var at = failed.Failed;
        if (failed.Type(at - 1) is not IS) return null;
        var next = failed.Type(at) is NOT ? failed.Text(at + 1) : "";
        var meant = next switch { "missing" => "is present", "present" => "is missing", _ => null };
        if (meant is null) return Stuck(failed, "`missing`, `null` or `present`; to compare write `=` or `!=`");
        var span = failed.Span(at - 1, at + 1);
        return SyntaxMessages.Error(SyntaxCodes.Stuck, $"`is not {next}` is written `{meant}`", span) with
        {
            Label = $"write `{meant}`",
            Help = "a test for presence is `is missing`, `is null` or `is present`",
            Fix = SyntaxMessages.Safe($"write `{meant}`", span, meant),
        };
    }

    /// <summary>A pattern where a text belongs.</summary>
    private static Diagnostic? WrongQuotes(FailedStatement failed)
    {
        var at = failed.Failed;
        if (failed.Type(at) is not RAW || !failed.Expects(TEXT) && !ExpectsText(failed, at)) return null;
        return SyntaxMessages.WrongQuotes(failed.Span(at), TextValue.Raw(failed.Text(at)), pattern: false);
    }

    /// <summary>The parser decides on two tokens at some places and then cannot say what it expected.</summary>
    private static bool ExpectsText(FailedStatement failed, int at) =>
        failed.Type(at - 1) is BECAUSE or OWNER or POLICY or RUNBOOK or TAGS or FROM || at == failed.Start + 1 && failed.Kind is TEST
        || at == failed.Start + 2 && failed.Kind is RULE;

    /// <summary>`has label "harvester"`, `then label account as "x"`.</summary>
    private static Diagnostic? QuotedName(FailedStatement failed)
    {
        var at = failed.Failed;
        if (failed.Type(at) is not (TEXT or RAW) || !failed.ExpectsName || failed.Expects(TEXT)) return null;
        var name = TextValue.Unescape(failed.Text(at));
        var plain = name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_');
        var error = Stuck(failed, "a name; names stand without quotes");
        return plain ? error with { Fix = SyntaxMessages.Safe($"write `{name}`", failed.Span(at), name) } : error;
    }

    /// <summary>A word such as `in` or `like` as a field.</summary>
    private static Diagnostic? ReservedField(FailedStatement failed)
    {
        var at = failed.Failed;
        if (!FailedStatement.IsReserved(failed.Type(at)) || failed.Type(at) is NOT or TRUE or FALSE) return null;
        var next = failed.Type(at + 1);
        var asField = failed.Type(at - 1) is DOT || next is DOT
            || failed.Kind is EVENT or EXTEND or TEST && next is COLON or EQ && failed.OpenBrackets(at).Depth > 0
            || !FailedStatement.EndsValue(failed.Type(at - 1)) && (FailedStatement.IsComparison(next) || next is IS or IN or CONTAINS or LIKE or MATCHES);
        if (!asField) return null;
        var quoted = $"`{failed.Text(at)}`";
        return SyntaxMessages.Error(SyntaxCodes.ReservedField, $"{quoted} has a meaning of its own here", failed.Span(at)) with
        {
            Label = "as a field it stands in backticks",
            Fix = SyntaxMessages.Safe("put it in backticks", failed.Span(at), quoted),
        };
    }

    private static bool IsWord(int type) => type is NAME || FailedStatement.IsSoft(type) || FailedStatement.IsReserved(type);
}
