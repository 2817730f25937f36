using PolicyEngine.Language.Text;
using static PolicyEngine.Language.Syntax.Formatting.ExpressionText;

namespace PolicyEngine.Language.Syntax.Formatting;

/// <summary>Statements to lines. Every line knows which stretch of the source it shows, so that comments find their place.</summary>
internal sealed partial class Layout(PolicyFile file)
{
    private const int Width = 110;
    private readonly List<LayoutLine> _lines = [];
    private bool _previousWasLong;

    public IReadOnlyList<LayoutLine> Lines => _lines;

    public void Statement(Statement statement)
    {
        var first = _lines.Count;
        Write(statement);
        var isLong = _lines.Count - first > 1;
        if (first > 0 && (isLong || _previousWasLong)) _lines[first] = _lines[first] with { Apart = true };
        _previousWasLong = isLong;
    }

    private void Write(Statement statement)
    {
        switch (statement)
        {
            case PackStatement s:
                Header(s.Span, s.Name.Span.End, $"pack {Of(s.Name)}");
                foreach (var metadata in s.Metadata) Line(metadata.Span, 2, MetadataText(metadata));
                break;
            case EventStatement s:
                Block(s.Span, $"event {Of(s.Name)}{After(" from ", s.From)} {{", s.Fields, FieldText);
                break;
            case ExtendStatement s:
                Block(s.Span, $"extend {Of(s.Event)} {{", s.Fields, FieldText);
                break;
            case ResponsesStatement s:
                Block(s.Span, "responses {", s.Responses, ResponseText);
                break;
            case ListStatement s:
                ListLines(s);
                break;
            case NamedEventStatement { Where: { } where } s when Short(s).Length > Width:
                Header(s.Span, s.Sources[^1].Span.End, $"event {Of(s.Name)} = {Sources(s.Sources)}");
                Condition(s.Sources[^1].Span.End, where, "where ");
                break;
            case MeasureStatement s:
                Measure(s, 0);
                break;
            case LinkStatement s:
                Header(s.Span, (s.Step ?? s.Length).Span.End, $"link {Of(s.Name)} of {Of(s.Entity)} over {Of(s.Length)}{After(" step ", s.Step)}");
                foreach (var by in s.By) Line(by.Span, 2, ByText(by));
                break;
            case RuleStatement s:
                Rule(s);
                break;
            case RecipeStatement s:
                Recipe(s);
                break;
            case ExceptForStatement s:
                ExceptFor(s);
                break;
            case TestStatement s:
                Test(s);
                break;
            default:
                Line(statement.Span, 0, Short(statement));
                break;
        }
    }

    private static string Short(Statement statement) => statement switch
    {
        UseStatement s => $"use {Of(s.Pack)}",
        EntityStatement s => $"entity {Of(s.Name)}",
        NamedEventStatement s => $"event {Of(s.Name)} = {Sources(s.Sources)}{After(" where ", s.Where)}",
        LabelStatement s => $"label {Of(s.Name)} of {Of(s.Entity)}{After(" ", s.Meaning)}",
        LetStatement s => $"let {Of(s.Name)} = {Of(s.Value)}",
        DefineStatement s => $"define {Of(s.Name)}({Parameters(s.Parameters)}) = {Of(s.Body)}",
        ScoreStatement s => $"score {Of(s.Name)} of {Of(s.Entity)} halves every {Of(s.HalfLife)}",
        _ => throw new InvalidOperationException($"no layout for {statement.GetType().Name}"),
    };

    // ---- lines ----

    private void Line(TextSpan span, int indent, string text) => Line(span.Start, span.End, indent, text);

    private void Line(int start, int end, int indent, string text) => _lines.Add(new LayoutLine(start, end, indent, text));

    /// <summary>The first line of a statement that goes on below it.</summary>
    private void Header(TextSpan span, int end, string text) => Line(span.Start, end, 0, text);

    /// <summary>A block in braces: on one line if it was begun on one and fits, else a line for each of its parts.</summary>
    private void Block<T>(TextSpan span, string head, IReadOnlyList<T> parts, Func<T, string> text) where T : SyntaxNode
    {
        var single = parts.Count == 0 ? $"{head} }}" : $"{head} {string.Join("  ", parts.Select(text))} }}";
        var open = Find('{', span.Start, span.End);
        if (!HasComment(open, span.End) && single.Length <= Width && (parts.Count == 0 || !HasLineEnd(open, parts[0].Span.Start)))
        {
            Line(span, 0, single);
            return;
        }
        Header(span, open + 1, head);
        foreach (var part in parts) Line(part.Span, 2, text(part));
        _lines.Add(new LayoutLine(span.End - 1, span.End, 0, "}") { Closes = true });
    }

    private void ListLines(ListStatement s)
    {
        var head = $"list {Of(s.Name)}: {Of(s.Type)}{(s.IgnoringCase ? " ignoring case" : "")}";
        if (s.Entries is not { } entries)
        {
            Line(s.Span, 0, $"{head} from {Of(s.From!)}");
            return;
        }
        var single = $"{head} = {Of(entries)}";
        if (!HasComment(entries.Span) && single.Length <= Width)
        {
            Line(s.Span, 0, single);
            return;
        }
        Header(s.Span, entries.Span.Start + 1, $"{head} = [");
        foreach (var item in entries.Items) Line(item.Span, 2, Of(item) + ",");
        _lines.Add(new LayoutLine(s.Span.End - 1, s.Span.End, 0, "]") { Closes = true });
    }

    // ---- what the source looked like ----

    private bool HasComment(TextSpan span) => HasComment(span.Start, span.End);

    private bool HasComment(int start, int end)
    {
        // Comments ascend; the first at or after the start decides.
        var (low, high) = (0, file.Comments.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (file.Comments[middle].Span.Start < start) low = middle + 1;
            else high = middle;
        }
        return low < file.Comments.Count && file.Comments[low].Span.Start < end;
    }

    private bool HasLineEnd(int start, int end) => file.Source.Text.AsSpan(start, Math.Max(0, end - start)).Contains('\n');

    /// <summary>The first such sign outside comments, texts and backticks.</summary>
    private int Find(char sign, int start, int end)
    {
        var text = file.Source.Text;
        for (var i = start; i < end; i++)
        {
            if (text[i] == sign) return i;
            if (text[i] is '"' or '`') i = SkipQuoted(text, i, end);
            else if (text[i] == '-' && i + 1 < end && text[i + 1] == '-') i = text.IndexOf('\n', i, end - i) is > 0 and var line ? line : end;
        }
        return end;
    }

    private static int SkipQuoted(string text, int open, int end)
    {
        var i = open + 1;
        while (i < end && text[i] != text[open]) i += text[i] == '\\' && text[open] == '"' ? 2 : 1;
        return i;
    }
}
