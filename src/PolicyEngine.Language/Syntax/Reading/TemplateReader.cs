using System.Text;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Syntax.Reading;

/// <summary>Takes a template text apart into plain text and the expressions of its holes.</summary>
internal static class TemplateReader
{
    public static TemplateResult Read(TextLiteral literal, ParseLimits limits)
    {
        var source = literal.Span.Source ?? throw new ArgumentException("the text has no source", nameof(literal));
        var raw = source.Text;
        var (at, end) = (literal.Span.Start + 1, literal.Span.End - 1);
        var parts = new List<TemplatePart>();
        var diagnostics = new List<Diagnostic>();
        var (plain, plainStart) = (new StringBuilder(), at);
        while (at < end)
        {
            var brace = raw[at] is '{' or '}';
            if (brace && at + 1 < end && raw[at + 1] == raw[at])
            {
                plain.Append(raw[at]);
                at += 2;
                continue;
            }
            if (!brace)
            {
                var next = Piece(raw, at, end);
                plain.Append(TextValue.Unescape(raw, at, next, null));
                at = next;
                continue;
            }
            var close = raw[at] == '{' ? Close(raw, at + 1, end) : -1;
            var hole = new TextSpan(source, at, close < 0 ? 1 : close - at + 1);
            if (close < 0)
            {
                diagnostics.Add(SyntaxMessages.LoneBrace(hole, raw[at]));
                at++;
                continue;
            }
            Flush(parts, plain, new TextSpan(source, plainStart, at - plainStart));
            AddHole(parts, diagnostics, hole, limits);
            at = plainStart = close + 1;
        }
        Flush(parts, plain, new TextSpan(source, plainStart, Math.Max(0, at - plainStart)));
        return new TemplateResult(parts, diagnostics);
    }

    private static void AddHole(List<TemplatePart> parts, List<Diagnostic> diagnostics, TextSpan hole, ParseLimits limits)
    {
        var inner = new TextSpan(hole.Source, hole.Start + 1, hole.Length - 2);
        if (string.IsNullOrWhiteSpace(inner.Text))
        {
            diagnostics.Add(SyntaxMessages.EmptyHole(hole));
            return;
        }
        var (expression, errors) = ExpressionReader.Read(inner, insideText: true, limits);
        diagnostics.AddRange(errors);
        if (expression is not null) parts.Add(new TemplatePart(hole, null, expression));
    }

    private static void Flush(List<TemplatePart> parts, StringBuilder plain, TextSpan span)
    {
        if (plain.Length == 0) return;
        parts.Add(new TemplatePart(span, plain.ToString(), null));
        plain.Clear();
    }

    /// <summary>The end of one character or escape; the braces of `\u{41}` are no hole.</summary>
    private static int Piece(string raw, int at, int end)
    {
        if (raw[at] != '\\' || at + 1 >= end) return at + 1;
        if (raw[at + 1] != 'u') return at + 2;
        var close = raw.IndexOf('}', at, end - at);
        return close < 0 ? at + 2 : close + 1;
    }

    /// <summary>The brace that ends a hole; a text inside the hole may have braces of its own.</summary>
    private static int Close(string raw, int at, int end)
    {
        for (var quoted = false; at < end; at++)
        {
            if (raw[at] == '\\' && at + 1 < end)
            {
                at++;
                if (raw[at] == '"') quoted = !quoted;
            }
            else if (raw[at] == '{' && !quoted) return -1;
            else if (raw[at] == '}' && !quoted) return at;
        }
        return -1;
    }
}
