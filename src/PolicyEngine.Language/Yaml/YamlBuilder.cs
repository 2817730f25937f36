using PolicyEngine.Language.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyEngine.Language.Yaml;

/// <summary>
/// Builds the nodes of one source from the parser's events with a stack of its own, so that depth costs nothing but a look at a number.
/// </summary>
internal sealed class YamlBuilder(SourceText source, YamlLimits limits, YamlReport report)
{
    private readonly Stack<Open> _open = new();
    private YamlNode? _root;

    public List<YamlDocument> Documents { get; } = [];

    public List<YamlScalar> Scalars { get; } = [];

    public void Run()
    {
        var parser = new Parser(new Scanner(new StringReader(source.Text)));
        while (Next(parser) && Take(parser.Current!)) { }
    }

    private bool Next(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (YamlException problem)
        {
            report.Add(YamlProblem.Describe(source, problem, ReadTo(parser)));
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // On some texts that are no YAML the parser trips over itself; for the author that is the same.
            report.Add(YamlProblem.Stuck(source, ReadTo(parser), _open.TryPeek(out var open) && open.IsFlow ? (int)open.Start.Start.Index : null));
        }
        return false;
    }

    private int ReadTo(Parser parser) => (int)Math.Min(parser.Current?.End.Index ?? 0, source.Text.Length);

    /// <summary>False when reading cannot go on.</summary>
    private bool Take(ParsingEvent found)
    {
        switch (found)
        {
            case DocumentStart:
                _root = null;
                break;
            case DocumentEnd end:
                EndDocument(end);
                break;
            case Scalar scalar:
                Mark(scalar);
                Add(Node(scalar));
                break;
            case SequenceStart or MappingStart:
                return Start((NodeEvent)found);
            case SequenceEnd or MappingEnd:
                End(found);
                break;
            case AnchorAlias alias:
                report.Anchor(Span(alias), alias: true);
                Add(new YamlScalar(Span(alias), "", ScalarStyle.Plain));
                break;
        }
        return true;
    }

    private void EndDocument(DocumentEnd end)
    {
        var span = _root?.Span ?? Span(end);
        var empty = _root is YamlScalar { IsPlain: true, Value: "" };
        Documents.Add(new YamlDocument(span, empty ? null : _root));
    }

    private bool Start(NodeEvent start)
    {
        Mark(start);
        if (_open.Count < limits.Depth)
        {
            _open.Push(new Open(start));
            return true;
        }
        report.TooDeep(Span(start), limits.Depth);
        return false;
    }

    private void End(ParsingEvent end)
    {
        var open = _open.Pop();
        // A block has no sign at its end: it reaches to the end of what stands in it.
        var from = (int)open.Start.Start.Index;
        var last = open.IsFlow ? Math.Min((int)end.Start.Index + 1, source.Text.Length) : open.LastEnd(from);
        Add(open.Close(new TextSpan(source, from, Math.Max(0, last - from))));
    }

    private void Add(YamlNode node)
    {
        if (_open.Count == 0) _root = node;
        else _open.Peek().Add(node, report);
    }

    private void Mark(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty) report.Anchor(Span(node), alias: false);
        if (!node.Tag.IsEmpty) report.Tag(Span(node));
        var indentation = Indentation((int)Math.Min(node.Start.Index, source.Text.Length));
        if (indentation.Text.Contains('\t', StringComparison.Ordinal) && !_open.Any(o => o.IsFlow)) report.Tab(indentation);
    }

    /// <summary>The spaces before a place when its line has nothing else before it.</summary>
    private TextSpan Indentation(int at)
    {
        var line = at;
        while (line > 0 && source.Text[line - 1] is (' ' or '\t')) line--;
        return line == 0 || source.Text[line - 1] == '\n' ? new TextSpan(source, line, at - line) : new TextSpan(source, at, 0);
    }

    private YamlScalar Node(Scalar scalar)
    {
        var style = scalar.Style switch
        {
            YamlDotNet.Core.ScalarStyle.SingleQuoted => ScalarStyle.SingleQuoted,
            YamlDotNet.Core.ScalarStyle.DoubleQuoted => ScalarStyle.DoubleQuoted,
            YamlDotNet.Core.ScalarStyle.Literal => ScalarStyle.Literal,
            YamlDotNet.Core.ScalarStyle.Folded => ScalarStyle.Folded,
            _ => ScalarStyle.Plain,
        };
        var node = new YamlScalar(Span(scalar), scalar.Value, style);
        Scalars.Add(node);
        return node;
    }

    /// <summary>From the parser's marks, without the spaces that it may have gone past.</summary>
    private TextSpan Span(ParsingEvent found)
    {
        var start = (int)Math.Min(found.Start.Index, source.Text.Length);
        var end = (int)Math.Clamp(found.End.Index, start, source.Text.Length);
        while (end > start && char.IsWhiteSpace(source.Text[end - 1])) end--;
        return new TextSpan(source, start, end - start);
    }

    /// <summary>A mapping or sequence whose end has not come yet.</summary>
    private sealed class Open(NodeEvent start)
    {
        private readonly List<YamlNode> _items = [];
        private readonly List<YamlPair> _pairs = [];
        private readonly Dictionary<string, TextSpan>? _keys = start is MappingStart ? new(StringComparer.Ordinal) : null;
        private YamlNode? _key;

        public NodeEvent Start => start;

        public bool IsFlow => start is MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow };

        public void Add(YamlNode node, YamlReport report)
        {
            if (_keys is null)
            {
                _items.Add(node);
            }
            else if (_key is null)
            {
                _key = node;
                CheckKey(node, report);
            }
            else
            {
                if (_key is YamlScalar key) _pairs.Add(new YamlPair(key, node));
                _key = null;
            }
        }

        public int LastEnd(int from)
        {
            var last = _keys is null ? _items.LastOrDefault() : _pairs.LastOrDefault() is { } pair ? Later(pair.Key, pair.Value) : null;
            return last?.Span.End ?? from;
        }

        public YamlNode Close(TextSpan span) => _keys is null ? new YamlSequence(span, _items, IsFlow) : new YamlMapping(span, _pairs, IsFlow);

        private void CheckKey(YamlNode node, YamlReport report)
        {
            if (node is not YamlScalar key) report.KeyIsNoText(node.Span);
            else if (key is { IsPlain: true, Value: "<<" }) report.Merge(key.Span);
            else if (!_keys!.TryAdd(key.Value, key.Span)) report.Duplicate(key.Span, key.Value, _keys[key.Value]);
        }

        private static YamlNode Later(YamlNode key, YamlNode value) => value.Span.End > key.Span.End ? value : key;
    }
}
