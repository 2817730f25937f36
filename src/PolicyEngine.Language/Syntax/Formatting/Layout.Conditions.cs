using static PolicyEngine.Language.Syntax.Formatting.ExpressionText;

namespace PolicyEngine.Language.Syntax.Formatting;

internal sealed partial class Layout
{
    /// <summary>One line, or a line for each part of the outermost `and` or `or` where the source had lines or it is too long.</summary>
    private void Condition(int after, ExpressionSyntax condition, string word)
    {
        var start = WordBefore(condition.Span.Start, word.TrimEnd());
        if (Broken(condition, word) is not { } parts)
        {
            Wrapped((Math.Max(after, start), condition.Span.End), condition, 2, (word, ""));
            return;
        }
        foreach (var (part, joiner) in parts)
        {
            var isFirst = ReferenceEquals(part, parts[0].Part);
            var from = isFirst ? start : WordBefore(part.Span.Start, joiner.TrimEnd());
            Wrapped((from, part.Span.End), part, isFirst ? 2 : 4, (isFirst ? word : joiner, ""));
        }
    }

    /// <summary>The parts of a condition that gets several lines, and the word before each but the first; null when it gets one.</summary>
    internal IReadOnlyList<(ExpressionSyntax Part, string Joiner)>? Broken(ExpressionSyntax condition, string word)
    {
        var (parts, joiner) = condition switch
        {
            OrSyntax or => (or.Parts, "or "),
            AndSyntax and => (and.Parts, "and "),
            _ => ([condition], ""),
        };
        var isBroken = HasComment(condition.Span) || HasLineEnd(condition.Span.Start, condition.Span.End)
            || word.Length + Of(condition).Length + 2 > Width;
        return parts.Count > 1 && isBroken ? [.. parts.Select(p => (p, joiner))] : null;
    }

    /// <summary>A condition between what stands before and behind it, on as few lines as it fits on. All but the first show nothing of their own.</summary>
    private void Wrapped((int Start, int End) place, ExpressionSyntax condition, int indent, (string Before, string After) around)
    {
        var start = place.Start;
        foreach (var (inward, text) in Spread(condition, indent, around.Before, around.After))
        {
            Line(start, place.End, inward, text);
            start = place.End;
        }
    }

    private static IEnumerable<(int Indent, string Text)> Spread(ExpressionSyntax e, int indent, string before, string after)
    {
        var single = before + Of(e) + after;
        return indent + single.Length <= Width ? [(indent, single)] : e switch
        {
            ParenthesisedSyntax p => Spread(p.Inner, indent, before + "(", ")" + after),
            NotSyntax n => Spread(n.Operand, indent, before + "not ", after),
            OrSyntax or => Joined(or.Parts, "or ", indent, (before, after)),
            AndSyntax and => Joined(and.Parts, "and ", indent, (before, after)),
            TextTestSyntax { Pattern: ListLiteral { Items.Count: > 0 } list } t => Filled(list, Of(t with { Pattern = Emptied(list) }), indent, (before, after)),
            InSyntax { Set: ListLiteral { Items.Count: > 0 } list } t => Filled(list, Of(t with { Set = Emptied(list) }), indent, (before, after)),
            _ => [(indent, single)],
        };
    }

    private static IEnumerable<(int Indent, string Text)> Joined(IReadOnlyList<ExpressionSyntax> parts, string joiner, int indent, (string Before, string After) around) =>
        parts.SelectMany((part, i) => Spread(
            part, i == 0 ? indent : indent + 4, i == 0 ? around.Before : joiner, i == parts.Count - 1 ? around.After : ""));

    private static ListLiteral Emptied(ListLiteral list) => list with { Items = [] };

    /// <summary>A test with its list on lines of their own. <paramref name="test"/>: with the list empty.</summary>
    private static IEnumerable<(int Indent, string Text)> Filled(ListLiteral list, string test, int indent, (string Before, string After) around)
    {
        var open = test.LastIndexOf("[]", StringComparison.Ordinal) + 1;
        yield return (indent, around.Before + test[..open]);
        var line = "";
        foreach (var item in list.Items.Select(i => Of(i) + ","))
        {
            if (line.Length > 0 && indent + 2 + line.Length + 1 + item.Length > Width)
            {
                yield return (indent + 2, line);
                line = "";
            }
            line += line.Length == 0 ? item : " " + item;
        }
        yield return (indent + 2, line);
        yield return (indent, test[open..] + around.After);
    }
}
