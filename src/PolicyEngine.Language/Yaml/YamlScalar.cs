using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Yaml;

/// <summary>
/// A text, number, truth value or nothing. <paramref name="Span"/> covers what was written, quotes and the sign of a block included;
/// <paramref name="Value"/> is what it says. Places within the value lead back to places in the source by <see cref="SpanOf"/>.
/// </summary>
public sealed record YamlScalar(TextSpan Span, string Value, ScalarStyle Style) : YamlNode(Span)
{
    private int[]? _offsets;

    /// <summary>Only a plain scalar can be a number, a truth value or nothing; what is quoted or a block is text.</summary>
    public bool IsPlain => Style == ScalarStyle.Plain;

    /// <summary>Nothing at all, `~` or `null`.</summary>
    public bool IsNull => IsPlain && Value is ("" or "~" or "null" or "Null" or "NULL");

    /// <summary>
    /// What was written without quotes and without the line that opens a block. Equal to <see cref="Value"/> up to line breaks and
    /// spaces at them, unless there are escapes.
    /// </summary>
    public TextSpan Content => Span.Source is null ? Span : ScalarPlaces.Content(this);

    /// <summary>Whether <see cref="Content"/> is <see cref="Value"/> sign for sign, so that the source itself can be read on.</summary>
    public bool IsVerbatim => Content is { } content && content.Length == Value.Length && content.Text == Value;

    /// <summary>The place in the source of a stretch of the value, offset and length in UTF-16 units.</summary>
    public TextSpan SpanOf(int start, int length)
    {
        if (Span.Source is null) return Span;
        _offsets ??= ScalarPlaces.Offsets(this);
        var first = _offsets[Math.Clamp(start, 0, Value.Length)];
        if (length <= 0) return new TextSpan(Span.Source, first, 0);
        var last = Math.Clamp(start + length - 1, 0, Value.Length);
        var end = _offsets[last] + ScalarPlaces.Width(this, _offsets[last]);
        return new TextSpan(Span.Source, first, Math.Max(first, end) - first);
    }

    public bool Equals(YamlScalar? other) => other is not null && Span == other.Span && Value == other.Value && Style == other.Style;

    public override int GetHashCode() => HashCode.Combine(Span, Value, Style);
}
