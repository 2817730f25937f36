using System.Globalization;

namespace PolicyEngine.Language.Text;

/// <summary>One policy file: its path as the user named it and its text. Lines are counted from 1.</summary>
public sealed class SourceText
{
    private readonly int[] _lineStarts;

    /// <param name="path">As the user named it.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="origin">Set when this text was made out of one in another spelling.</param>
    public SourceText(string path, string text, SourceOrigin? origin = null)
    {
        Path = path;
        Text = text;
        Origin = origin;
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\n') starts.Add(i + 1);
        _lineStarts = [.. starts];
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>Where the text came from, when the author wrote another one.</summary>
    public SourceOrigin? Origin { get; }

    /// <summary>The text that the author wrote.</summary>
    public SourceText Written => Origin?.Written ?? this;

    public int LineCount => _lineStarts.Length;

    /// <summary>The line and column (both from 1; the column counts UTF-16 units) of an offset.</summary>
    public (int Line, int Column) Position(int offset)
    {
        var found = Array.BinarySearch(_lineStarts, Math.Clamp(offset, 0, Text.Length));
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, offset - _lineStarts[line] + 1);
    }

    /// <summary>The text of a line, without its end.</summary>
    public string Line(int line)
    {
        var start = _lineStarts[line - 1];
        var end = line < _lineStarts.Length ? _lineStarts[line] : Text.Length;
        return Text[start..end].TrimEnd('\r', '\n');
    }
}

/// <summary>A stretch of a source text: offset and length in UTF-16 units.</summary>
public readonly record struct TextSpan(SourceText? Source, int Start, int Length)
{
    public static readonly TextSpan None;

    public int End => Start + Length;

    public string Text => Source is null ? "" : Source.Text.Substring(Start, Length);

    /// <summary>The place in the text that the author wrote.</summary>
    public TextSpan Written => Source?.Origin is { } origin ? origin.Of(Start, Length) : this;

    /// <summary>Not what a record makes of itself, which would go on through <see cref="Written"/> for ever.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Source?.Path}[{Start}..{End}]");

    /// <summary>From the start of this span to the end of <paramref name="other"/>, both in one source.</summary>
    public TextSpan To(TextSpan other) => new(Source, Start, Math.Max(0, other.End - Start));
}
