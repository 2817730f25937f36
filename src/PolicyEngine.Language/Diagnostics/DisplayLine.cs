using System.Globalization;
using System.Text;

namespace PolicyEngine.Language.Diagnostics;

/// <summary>
/// A source line as a terminal shows it: tabs become spaces, wide letters take two columns, and characters that could move
/// the cursor or turn the direction of writing are replaced, so that a mark stands under what it means.
/// </summary>
internal sealed class DisplayLine
{
    private const int TabWidth = 4;
    private readonly int[] _columns;
    private readonly StringBuilder _shown = new();
    private readonly List<int> _columnOfShown = [];

    public DisplayLine(string line)
    {
        _columns = new int[line.Length + 1];
        var column = 0;
        for (var i = 0; i < line.Length;)
        {
            var status = Rune.DecodeFromUtf16(line.AsSpan(i), out var rune, out var length);
            for (var k = 0; k < length; k++) _columns[i + k] = column;
            i += length;
            column += status == System.Buffers.OperationStatus.Done ? Show(rune, column) : Show(new Rune('\uFFFD'), column);
        }
        _columns[line.Length] = column;
        Width = column;
    }

    public int Width { get; }

    /// <summary>The column, from 0, of an offset in the line.</summary>
    public int Column(int offset) => _columns[Math.Clamp(offset, 0, _columns.Length - 1)];

    /// <summary>What is shown of the columns [from, to).</summary>
    public string Cut(int from, int to)
    {
        var cut = new StringBuilder();
        for (var i = 0; i < _shown.Length; i++)
            if (_columnOfShown[i] >= from && _columnOfShown[i] < to) cut.Append(_shown[i]);
        return cut.ToString();
    }

    /// <summary>A text that came from outside, made safe to print on one line.</summary>
    public static string Safe(string text)
    {
        if (text.All(c => c is >= ' ' and <= '~')) return text;
        var line = new DisplayLine(text);
        return line._shown.ToString();
    }

    private int Show(Rune rune, int column)
    {
        if (rune.Value == '\t')
        {
            var width = TabWidth - column % TabWidth;
            Append(new string(' ', width), column);
            return width;
        }
        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            rune = new Rune('\uFFFD');
        Append(rune.ToString(), column);
        return category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0 : IsWide(rune.Value) ? 2 : 1;
    }

    private void Append(string shown, int column)
    {
        _shown.Append(shown);
        for (var i = 0; i < shown.Length; i++) _columnOfShown.Add(shown[i] == ' ' ? column + i : column);
    }

    /// <summary>The blocks whose letters take two columns (Unicode annex 11, W and F, without the rare ones).</summary>
    private static bool IsWide(int value) => value is
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0x303E or >= 0x3041 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3
        or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6
        or >= 0x1F300 and <= 0x1F64F or >= 0x1F900 and <= 0x1F9FF or >= 0x20000 and <= 0x3FFFD;
}
