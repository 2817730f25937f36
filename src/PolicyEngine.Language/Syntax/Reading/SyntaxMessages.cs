using System.Globalization;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>The texts of mistakes that a single word or sign gives away.</summary>
internal static class SyntaxMessages
{
    public static Diagnostic CommentSign(TextSpan span)
    {
        var sign = span.Text.StartsWith('#') ? 1 : 2;
        return Error(SyntaxCodes.CommentSign, "comments start with `--`", span) with
        {
            Label = "this is no comment here",
            Fix = Safe("start the comment with `--`", new TextSpan(span.Source, span.Start, sign), "--"),
        };
    }

    public static Diagnostic OtherOperator(TextSpan span, string meant) =>
        Error(SyntaxCodes.OtherOperator, $"`{span.Text}` is written `{meant}` here", span) with
        {
            Label = $"write `{meant}`",
            Fix = Safe($"write `{meant}`", span, Spaced(span, meant)),
        };

    public static Diagnostic NumberWithLetters(TextSpan span, string? meant)
    {
        var error = Error(SyntaxCodes.NumberWithLetters, $"I cannot read the number `{span.Text}`", span) with
        {
            Help = "numbers are written 42, 1_000_000 or 0.7, durations 250ms 30s 5m 24h 7d 2w, sizes 512KiB 4GB",
        };
        return meant is null
            ? error
            : error with { Label = $"did you mean `{meant}`?", Fix = Unsafe($"write `{meant}`", span, meant) };
    }

    public static Diagnostic UnknownEscape(TextSpan span) =>
        Error(SyntaxCodes.UnknownEscape, $"`{span.Text}` means nothing in a text", span) with
        {
            Label = "write `\\\\` for a backslash",
            Help = "a text knows \\\" \\\\ \\n \\t and \\u{200b}; in a pattern, in single quotes, a backslash is a backslash",
        };

    public static Diagnostic NoSuchCharacter(TextSpan span) =>
        Error(SyntaxCodes.UnknownEscape, $"there is no character `{span.Text}`", span) with
        {
            Help = "between the braces stands the number of a Unicode character, from 0 to 10FFFF",
        };

    public static Diagnostic Unclosed(TextSpan span, char quote)
    {
        var what = quote switch { '"' => "text", '\'' => "pattern", _ => "name" };
        return Error(SyntaxCodes.Unclosed, $"this {what} has no end", span) with
        {
            Label = $"no closing {quote} before the end of the line",
            Fix = Unsafe($"close the {what} at the end of the line", new TextSpan(span.Source, span.End, 0), quote.ToString()),
        };
    }

    public static Diagnostic SmartQuotes(TextSpan span) =>
        Error(SyntaxCodes.SmartQuotes, "texts stand in straight quotes", span) with
        {
            Label = "these are typographic quotes",
            Fix = Safe("use straight quotes", span, $"\"{span.Text[1..^1].Replace("\\", "\\\\", StringComparison.Ordinal)}\""),
        };

    public static Diagnostic StrayCharacter(TextSpan span)
    {
        var visible = span.Text.Length > 0 && !char.IsControl(span.Text[0])
            && CharUnicodeInfo.GetUnicodeCategory(span.Text, 0) is not (UnicodeCategory.Format or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
        var number = span.Text.Length == 2 ? char.ConvertToUtf32(span.Text, 0) : span.Text[0];
        var what = visible ? $"the character `{span.Text}`" : $"an invisible character (U+{number:X4})";
        return Error(SyntaxCodes.StrayCharacter, $"{what} has no meaning here", span) with
        {
            Help = "outside texts and backticks the language knows letters, digits and the signs + - * / = != < <= > >= . , : ? ( ) [ ] { }",
            Fix = Unsafe("leave it out", span, ""),
        };
    }

    public static Diagnostic PercentApart(TextSpan span, string number) =>
        Error(SyntaxCodes.UnitApart, "number and unit are written together", span) with
        {
            Label = $"write `{number}%`",
            Fix = Safe($"write `{number}%`", span, number + "%"),
        };

    public static Diagnostic TooDeep(TextSpan span, int depth) =>
        Error(SyntaxCodes.TooDeep, $"this is nested more than {depth} levels deep", span) with
        {
            Help = "give a part a name of its own with `define`, or test a list with `any of`",
        };

    public static Diagnostic TooLarge(TextSpan span, string limit) =>
        Error(SyntaxCodes.TooLarge, $"this file is larger than {limit}", span) with
        {
            Help = "split the pack into several files, and keep long lists in files of their own",
        };

    public static Diagnostic LeftOut(TextSpan span, int count) =>
        Error(SyntaxCodes.LeftOut, $"{count} more errors were left out", span);

    public static Diagnostic OutOfRange(TextSpan span, string what, string help) =>
        Error(SyntaxCodes.OutOfRange, $"there is no {what} `{span.Text}`", span) with { Help = help };

    public static Diagnostic ByNeedsOneEntity(TextSpan span, bool rate) =>
        Error(SyntaxCodes.ByNeedsOneEntity, "`by` stands after `share` or `count` of one entity", span) with
        {
            Label = rate ? "not after `rate`" : "not after several names",
            Help = "like this:  share of account by card of payment over 30d where account has label harvester",
        };

    public static Diagnostic WhereWithoutSteps(TextSpan where, TextSpan condition) =>
        Error(SyntaxCodes.WhereWithoutSteps, "a trigger without further steps has no `where`", where.To(condition)) with
        {
            Label = "this belongs in `when`",
            Help = "`where` narrows a step of a sequence; in a rule without `followed by` write the condition after `when`",
        };

    public static Diagnostic WhereBehindWindow(TextSpan span, bool second) =>
        Error(SyntaxCodes.ClauseOrder, second ? "this measure has two `where` parts" : "`where` stands before `per` and `over`", span) with
        {
            Label = second ? "join them with `and`" : "too late here",
            Help = "like this:  measure cot_share = share of exchange where cot_score >= 0.7 per account over 24h",
        };

    /// <summary>Double quotes make a text, single quotes a pattern; <paramref name="pattern"/> says which is wanted.</summary>
    public static Diagnostic WrongQuotes(TextSpan span, string value, bool pattern)
    {
        var written = pattern
            ? $"'{value.Replace("'", "''", StringComparison.Ordinal)}'"
            : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        return Error(SyntaxCodes.WrongQuotes, pattern ? "a pattern stands in single quotes" : "a text stands in double quotes", span) with
        {
            Label = $"write {written}",
            Help = "single quotes make a pattern for `matches`, in which a backslash is a backslash; everything else is a text in double quotes",
            Fix = Safe($"write {written}", span, written),
        };
    }

    public static Diagnostic LoneBrace(TextSpan span, char brace) =>
        Error(SyntaxCodes.TemplateHole, brace == '{' ? "this hole has no end" : "this brace closes nothing", span) with
        {
            Help = $"a hole is written {{expression}}; for the character itself write {brace}{brace}",
        };

    public static Diagnostic EmptyHole(TextSpan span) =>
        Error(SyntaxCodes.TemplateHole, "this hole is empty", span) with { Help = "name what is shown here, such as {requests_1h}" };

    public static Diagnostic Error(string code, string message, TextSpan span) => new(code, Severity.Error, message, span);

    public static Fix Safe(string title, TextSpan span, string text) => new(title, [new TextEdit(span, text)], true);

    public static Fix Unsafe(string title, TextSpan span, string text) => new(title, [new TextEdit(span, text)], false);

    /// <summary>A word put in the place of a sign must not run into its neighbours.</summary>
    private static string Spaced(TextSpan span, string word)
    {
        if (!char.IsLetter(word[0]) || span.Source is null) return word;
        var text = span.Source.Text;
        var before = span.Start > 0 && !char.IsWhiteSpace(text[span.Start - 1]) ? " " : "";
        var after = span.End < text.Length && !char.IsWhiteSpace(text[span.End]) ? " " : "";
        return before + word + after;
    }
}
