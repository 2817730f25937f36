using PolicyEngine.Language.Diagnostics;
using static PolicyEngine.Language.Syntax.Generated.PolicyLexer;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>
/// Says in the author's words why a statement could not be read. Typical mistakes are recognised one by one, the first that
/// fits wins; what is left says which part was being read and what may stand there.
/// </summary>
internal static partial class SyntaxErrors
{
    private static readonly Func<FailedStatement, Diagnostic?>[] Mistakes =
    [
        Branches, NameWithHyphen, WordAsName, UnknownFunction, MissingReason, ClauseOrder, SecondResponse, UnknownStatement,
        ChainedComparison, UnitApart, BareTrigger, MissingThen, IsNot, WhereUponEach, WrongQuotes, QuotedName, EmptyPlace, ReservedField,
        OpenBracket,
    ];

    public static Diagnostic Explain(FailedStatement failed)
    {
        foreach (var mistake in Mistakes)
            if (mistake(failed) is { } diagnostic) return diagnostic;
        return Stuck(failed, Expected(failed));
    }

    private static Diagnostic Stuck(FailedStatement failed, string expected)
    {
        var part = StatementParts.Of(failed, failed.Failed);
        return SyntaxMessages.Error(SyntaxCodes.Stuck, $"I was reading {part.Name} and got stuck here", failed.Span(failed.Failed)) with
        {
            Label = $"I expected {expected}",
            Help = $"like this:  {part.Example}",
        };
    }

    /// <summary>What could stand at the place, in the author's words.</summary>
    private static string Expected(FailedStatement failed)
    {
        if (failed.AtStart) return StatementParts.Of(failed, failed.Failed).Then;
        var complete = FailedStatement.EndsValue(failed.Type(failed.Failed - 1));
        if (failed.ExpectsValue && !complete) return "a value: a field, a measure, a literal or a call";
        if (failed.Expects(DURATION) || failed.Type(failed.Failed - 1) is OVER or WITHIN or STEP) return "a duration such as `1h`, or the name of one";
        if (failed.ExpectsName && !complete) return "a name";
        var words = Words(failed);
        return complete && failed.LastBefore(failed.Failed, WHEN, THEN) >= 0 || words.Length == 0
            ? StatementParts.Of(failed, failed.Failed).Then
            : words;
    }

    private static string Words(FailedStatement failed)
    {
        var words = new List<string>();
        for (var type = AND; type <= RBRACE; type++)
        {
            if (!failed.Expects(type) || (FailedStatement.IsSoft(type) && failed.Expects(NAME) && failed.Expects(PACK))) continue;
            if (type is NAME && failed.Expects(QUOTED)) words.Add("a name");
            else if (type is QUOTED) continue;
            else words.Add(Describe(type));
        }
        return words.Count is 0 or > 8 ? "" : Join(words);
    }

    private static string Describe(int type) => type switch
    {
        NAME => "a name",
        TEXT => "a text in double quotes",
        NUMBER => "a number",
        PERCENT => "a share such as `10%`",
        DURATION => "a duration such as `1h`",
        DATE or DATETIME => "a date such as `2027-01-31`",
        RAW => "a pattern in single quotes",
        _ => DefaultVocabulary.GetLiteralName(type) is { } literal ? $"`{literal.Trim('\'')}`" : "a literal",
    };

    private static string Join(IReadOnlyList<string> words)
    {
        var distinct = words.Distinct().ToList();
        return distinct.Count == 1 ? distinct[0] : string.Join(", ", distinct.Take(distinct.Count - 1)) + " or " + distinct[^1];
    }
}
