using System.Text;
using PolicyEngine.Language.Syntax.Formatting;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Yaml.Spelling;

/// <summary>Text of the language made out of YAML, with the place in the YAML of every stretch of it, and its comments.</summary>
internal sealed class MadeText
{
    private readonly SourceText _source;
    private readonly SourceOrigin _origin;
    private readonly StringBuilder _text = new();
    private readonly Dictionary<int, List<YamlComment>> _above = [];
    private readonly Dictionary<int, List<YamlComment>> _behind = [];
    private readonly Dictionary<int, List<YamlComment>> _below = [];
    private readonly List<YamlComment> _last = [];
    private bool _isInComment;
    private int _line = -1;

    public MadeText(YamlFile file)
    {
        _source = file.Source;
        _origin = new SourceOrigin(_source);
        int[] places = [.. file.Documents.SelectMany(d => Places(d.Root)).Distinct().Order()];
        foreach (var comment in file.Comments) Assign(comment, places);
    }

    /// <summary>The whole; nothing may be added behind it.</summary>
    public SourceText Finish()
    {
        foreach (var comment in _last) OwnLine(comment);
        return new SourceText(_source.Path, _text.Append('\n').ToString(), _origin);
    }

    /// <summary>A line begins, with what the author wrote above it: a blank line, comments.</summary>
    public void Line(int place)
    {
        if (place == _line) return;
        _line = place;
        _above.Remove(place, out var comments);
        foreach (var comment in comments ?? []) OwnLine(comment);
        Break();
        if (IsBlankAbove(place)) Blank();
    }

    /// <summary>The comments that stand behind what begins at a place, and those that end its block.</summary>
    public void Behind(int place)
    {
        if (_behind.Remove(place, out var behind))
            foreach (var comment in behind) Comment(comment, "  ");
        if (_below.Remove(place, out var below))
            foreach (var comment in below) OwnLine(comment);
    }

    /// <summary>Words of the language; <paramref name="at"/> is what they stand for.</summary>
    public void Words(string words, TextSpan at)
    {
        if (words.Length > 0) Add(words, (_, _) => at);
    }

    /// <summary>The language's own text, as it is.</summary>
    /// <param name="scalar">Where it stands.</param>
    /// <param name="skip">What of it was read already.</param>
    public void Phrase(YamlScalar scalar, int skip = 0) => Add(scalar.Value[skip..], (start, length) => scalar.SpanOf(start + skip, length));

    /// <summary>A text in the quotes of the language.</summary>
    public void Quoted(YamlScalar scalar)
    {
        var (quoted, places) = LiteralText.Quote(scalar.Value);
        Add(quoted, (start, length) => scalar.SpanOf(places[start], Math.Max(1, places[start + length] - places[start])));
    }

    private void Add(string text, Func<int, int, TextSpan> place)
    {
        if (_isInComment) Break();
        else if (_text.Length > 0 && !char.IsWhiteSpace(_text[^1])) _text.Append(' ');
        _origin.Add(_text.Length, text.Length, place);
        _text.Append(text);
    }

    public void Break()
    {
        if (_text.Length > 0 && _text[^1] != '\n') _text.Append('\n');
        _isInComment = false;
    }

    private void Blank()
    {
        if (_text.Length > 1 && _text[^2] != '\n') _text.Append('\n');
    }

    private void OwnLine(YamlComment comment)
    {
        Break();
        if (IsBlankAbove(comment.Span.Start)) Blank();
        Comment(comment, "");
    }

    private void Comment(YamlComment comment, string gap)
    {
        if (_isInComment) Break();
        _text.Append(gap);
        var text = "--" + comment.Text[1..];
        _origin.Add(_text.Length, text.Length, (_, _) => comment.Span);
        _text.Append(text);
        _isInComment = true;
    }

    private void Assign(YamlComment comment, int[] places)
    {
        var at = Array.BinarySearch(places, comment.Span.Start);
        var next = at < 0 ? ~at : at;
        if (comment.OwnLine && next > 0 && Indentation(comment.Span.Start) > (next == places.Length ? 0 : Indentation(places[next])))
            Put(_below, places[next - 1], comment);
        else if (comment.OwnLine && next == places.Length) _last.Add(comment);
        else if (comment.OwnLine || next == 0) Put(_above, places[next == places.Length ? 0 : next], comment);
        else Put(_behind, places[next - 1], comment);
    }

    private static void Put(Dictionary<int, List<YamlComment>> comments, int place, YamlComment comment)
    {
        if (!comments.TryGetValue(place, out var list)) comments[place] = list = [];
        list.Add(comment);
    }

    /// <summary>Where keys and items begin: what a comment can belong to.</summary>
    private static IEnumerable<int> Places(YamlNode? node) => node switch
    {
        YamlMapping mapping => mapping.Pairs.SelectMany(p => Places(p.Value).Prepend(p.Key.Span.Start)),
        YamlSequence sequence => sequence.Items.SelectMany(i => Places(i).Prepend(i.Span.Start)),
        _ => [],
    };

    private int Indentation(int place)
    {
        var start = _source.Text.LastIndexOf('\n', Math.Max(0, place - 1)) + 1;
        var at = start;
        while (at < place && _source.Text[at] == ' ') at++;
        return at - start;
    }

    private bool IsBlankAbove(int place)
    {
        var text = _source.Text;
        var at = place - 1;
        while (at >= 0 && text[at] is ' ' or '-') at--;
        var lines = 0;
        for (; at >= 0 && char.IsWhiteSpace(text[at]); at--)
            if (text[at] == '\n') lines++;
        return lines >= 2;
    }
}
