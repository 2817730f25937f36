using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Sigma;

/// <summary>
/// A Sigma condition over its selections: `not` before `and` before `or`, parentheses, `1 of` and `all of` with a pattern or `them`.
/// </summary>
internal sealed class SigmaConditions(IReadOnlyList<YamlPair> selections, SigmaSelections lower, SigmaReport report)
{
    private const int Deepest = 64;

    private readonly Dictionary<string, ExpressionSyntax?> _lowered = new(StringComparer.Ordinal);
    private List<(string Text, TextSpan Span)> _words = [];
    private int _at;

    /// <summary>Null after an error. Several conditions in a list are joined by `or`.</summary>
    public ExpressionSyntax? Read(YamlNode condition)
    {
        IReadOnlyList<YamlNode> parts = condition is YamlSequence sequence ? sequence.Items : [condition];
        var read = parts.Select(p => p is YamlScalar scalar ? Read(scalar) : Refuse(p.Span, "a condition is a text", "not a text")).ToList();
        return read.Count == 0 || read.Contains(null) ? null : SigmaNodes.Or(condition.Span, read!);
    }

    private ExpressionSyntax? Read(YamlScalar condition)
    {
        _words = [.. SigmaWords.Of(condition)];
        _at = 0;
        if (_words.Count == 0) return Refuse(condition.Span, "the condition is empty", "says nothing");
        var read = Either(0);
        if (read is null || _at == _words.Count) return read;
        return Refuse(_words[_at].Span, $"I do not understand `{_words[_at].Text}` here", "the condition could end before this");
    }

    private ExpressionSyntax? Either(int depth) => Joined("or", d => Joined("and", Negated, SigmaNodes.And, d), SigmaNodes.Or, depth);

    private ExpressionSyntax? Joined(string word, Func<int, ExpressionSyntax?> part, Func<TextSpan, IReadOnlyList<ExpressionSyntax>, ExpressionSyntax> join, int depth)
    {
        var parts = new List<ExpressionSyntax>();
        do
        {
            if (part(depth) is not { } next) return null;
            parts.Add(next);
        }
        while (Take(word));
        return join(parts[0].Span, parts);
    }

    private ExpressionSyntax? Negated(int depth)
    {
        var span = _at < _words.Count ? _words[_at].Span : _words[^1].Span;
        if (depth > Deepest) return Refuse(span, $"nested more than {Deepest} levels deep", "too deep");
        if (!Take("not")) return Primary(depth);
        return Negated(depth + 1) is { } operand ? new NotSyntax(span, operand) : null;
    }

    private ExpressionSyntax? Primary(int depth)
    {
        if (_at == _words.Count) return Refuse(_words[^1].Span, "the condition ends too early", "something is missing behind this");
        var (text, span) = _words[_at++];
        if (text == "(") return Group(span, depth);
        if (_at < _words.Count && Is(_words[_at].Text, "of") && (text is "1" || Is(text, "all") || Is(text, "any"))) return Quantified(Is(text, "all"), span);
        if (text is ")" || Is(text, "and") || Is(text, "or") || Is(text, "of")) return Refuse(span, $"a selection is missing before `{text}`", "a selection is expected here");
        if (selections.FirstOrDefault(s => s.Name == text) is { } selection) return Selection(selection);
        report.UnknownSelection(span, text, selections.Select(s => s.Name));
        return null;
    }

    private ExpressionSyntax? Group(TextSpan open, int depth)
    {
        if (Either(depth + 1) is not { } inner) return null;
        return Take(")") ? inner : Refuse(open, "this parenthesis is not closed", "opened here");
    }

    private ExpressionSyntax? Quantified(bool all, TextSpan span)
    {
        _at++;
        if (_at == _words.Count) return Refuse(_words[^1].Span, "the condition ends too early", "a pattern or `them` is expected behind this");
        var (pattern, place) = _words[_at++];
        var matching = selections.Where(s => Is(pattern, "them") ? !s.Name.StartsWith('_') : IsMatch(pattern, s.Name)).ToList();
        if (matching.Count == 0)
        {
            report.UnknownSelection(place, pattern, selections.Select(s => s.Name));
            return null;
        }
        var parts = matching.Select(Selection).ToList();
        if (parts.Contains(null)) return null;
        return all ? SigmaNodes.And(span.To(place), parts!) : SigmaNodes.Or(span.To(place), parts!);
    }

    private ExpressionSyntax? Selection(YamlPair selection)
    {
        if (!_lowered.TryGetValue(selection.Name, out var lowered)) _lowered[selection.Name] = lowered = lower.Lower(selection.Value);
        return lowered;
    }

    private bool Take(string word)
    {
        if (_at >= _words.Count || !Is(_words[_at].Text, word)) return false;
        _at++;
        return true;
    }

    private ExpressionSyntax? Refuse(TextSpan span, string message, string label)
    {
        report.Condition(span, message, label);
        return null;
    }

    private static bool Is(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>A name by a pattern in which stars stand for any run of signs.</summary>
    private static bool IsMatch(string pattern, string name)
    {
        var pieces = pattern.Split('*');
        if (pieces.Length == 1) return pattern == name;
        if (!name.StartsWith(pieces[0], StringComparison.Ordinal)) return false;
        var at = pieces[0].Length;
        foreach (var piece in pieces[1..^1])
        {
            at = name.IndexOf(piece, at, StringComparison.Ordinal);
            if (at < 0) return false;
            at += piece.Length;
        }
        return name.Length - at >= pieces[^1].Length && name.EndsWith(pieces[^1], StringComparison.Ordinal);
    }
}
