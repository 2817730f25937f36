using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Syntax.Formatting;
using static PolicyEngine.Language.Syntax.Formatting.ExpressionText;

namespace PolicyEngine.Language.Yaml.Spelling;

/// <summary>Statements to lines of YAML. What the language has on one line goes on one here, as far as YAML can.</summary>
internal sealed partial class SpellingLayout(PolicyFile file)
{
    private readonly List<LayoutLine> _lines = [];
    private readonly Layout _language = new(file);
    private int _indent;
    private bool _beginsItem;

    public IReadOnlyList<LayoutLine> Lines => _lines;

    public void Statement(Statement statement)
    {
        var (first, before) = (_lines.Count, _language.Lines.Count);
        _language.Statement(statement);
        _beginsItem = true;
        Write(statement, isShort: _language.Lines.Count == before + 1);
        _lines[first] = _lines[first] with { Apart = _language.Lines[before].Apart };
    }

    private void Write(Statement statement, bool isShort)
    {
        var start = statement.Span.Start;
        switch (statement)
        {
            case PackStatement s:
                Name("pack", start, s.Name);
                foreach (var metadata in s.Metadata) Metadata(metadata);
                break;
            case UseStatement s:
                Name("use", start, s.Pack);
                break;
            case EntityStatement s:
                Name("entity", start, s.Name);
                break;
            case EventStatement s:
                Name("event", start, s.Name);
                if (s.From is { } from) Text("from", from);
                Fields(s.Fields, isShort, (s.From?.Span ?? s.Name.Span).End, s.Span.End);
                break;
            case NamedEventStatement s:
                Name("event", start, s.Name);
                Phrase("of", s.Sources[0].Span.To(s.Sources[^1].Span), Sources(s.Sources));
                if (s.Where is { } where) Phrase("where", where.Span, Of(where));
                break;
            case ExtendStatement s:
                Phrase("extend", s.Span with { Length = s.Event.Span.End - start }, Of(s.Event));
                Fields(s.Fields, isShort, s.Event.Span.End, s.Span.End);
                break;
            case ResponsesStatement s:
                Responses(s, isShort);
                break;
            case LabelStatement s:
                Name("label", start, s.Name);
                Phrase("of", s.Entity.Span, Of(s.Entity));
                if (s.Meaning is { } meaning) Text("meaning", meaning);
                break;
            case ListStatement s:
                List(s, isShort);
                break;
            default:
                WriteOther(statement);
                break;
        }
    }

    private void WriteOther(Statement statement)
    {
        var start = statement.Span.Start;
        switch (statement)
        {
            case LetStatement s:
                Name("let", start, s.Name);
                Phrase("value", s.Value.Span, Of(s.Value));
                break;
            case DefineStatement s:
                Name("define", start, s.Name);
                Parameters(s.Parameters);
                Phrase("value", s.Body.Span, Of(s.Body));
                break;
            case ScoreStatement s:
                Name("score", start, s.Name);
                Phrase("of", s.Entity.Span, Of(s.Entity));
                Phrase("halves every", s.HalfLife.Span, Of(s.HalfLife));
                break;
            case MeasureStatement s:
                Measure(s);
                break;
            case LinkStatement s:
                Link(s);
                break;
            case RuleStatement s:
                Rule(s);
                break;
            case RecipeStatement s:
                Recipe(s);
                break;
            case ExceptForStatement s:
                Phrase("except for", s.Span with { Length = s.Rules[^1].Span.End - start }, Sources(s.Rules));
                Excuse(s.When, s.Until, s.Because, s.When.Span.Start);
                break;
            case TestStatement s:
                Test(s);
                break;
            default:
                throw new InvalidOperationException($"no layout for {statement.GetType().Name}");
        }
    }

    // ---- lines ----

    private void Line(int start, int end, string text)
    {
        _lines.Add(new LayoutLine(start, Math.Max(start, end), _beginsItem ? _indent : _indent + 2, _beginsItem ? "- " + text : text));
        _beginsItem = false;
    }

    private void Name(string key, int start, Name name) => Line(start, name.Span.End, $"{key}: {Scalar(Of(name))}");

    private void Phrase(string key, Text.TextSpan span, string phrase) => Line(span.Start, span.End, $"{key}: {Scalar(phrase)}");

    private void Text(string key, TextLiteral text) => Line(text.Span.Start, text.Span.End, $"{key}: {Scalar(text.Value)}");

    private void Flow(string key, int start, int end, IEnumerable<string> items, string open = "[", string close = "]") =>
        Line(start, end, $"{key}: {open}{string.Join(", ", items)}{close}");

    /// <summary>A key with a list of lines below it.</summary>
    private void Items(string key, int start, int end, IEnumerable<(int Start, int End, string Text)> items)
    {
        Line(start, end, key + ":");
        _indent += 4;
        foreach (var (from, to, text) in items)
        {
            _beginsItem = true;
            Line(from, to, text);
        }
        _indent -= 4;
    }

    private static string Scalar(string value, bool isFlow = false) => ScalarText.Of(value, isFlow);

    private static string Literal(LiteralSyntax literal, bool isFlow) => literal switch
    {
        TextLiteral text => LanguageText.IsLiteral(text.Value) ? ScalarText.Quoted(text.Value) : Scalar(text.Value, isFlow),
        PatternLiteral pattern => LanguageText.IsLiteral(pattern.Value) ? ScalarText.Quoted(pattern.Value) : Scalar(pattern.Value, isFlow),
        ListLiteral list => $"[{string.Join(", ", list.Items.Select(i => Literal(i, true)))}]",
        _ => Of(literal),
    };

    /// <summary>Comments before the sign that closes a block in the language end the block here.</summary>
    private void Close(int end) => _lines.Add(new LayoutLine(end - 1, end, _indent + 2, "") { Closes = true });

    // ---- parts ----

    private void Metadata(Metadata metadata)
    {
        switch (metadata)
        {
            case OwnerMetadata m:
                Line(m.Span.Start, m.Span.End, $"owner: {Scalar(m.Text.Value)}");
                break;
            case PolicyMetadata m:
                Line(m.Span.Start, m.Span.End, $"policy: {Scalar(m.Text.Value)}");
                break;
            case RunbookMetadata m:
                Line(m.Span.Start, m.Span.End, $"runbook: {Scalar(m.Text.Value)}");
                break;
            case TagsMetadata { Tags: [var only] } m:
                Line(m.Span.Start, m.Span.End, $"tags: {Scalar(only.Value)}");
                break;
            case TagsMetadata m:
                Flow("tags", m.Span.Start, m.Span.End, m.Tags.Select(t => Scalar(t.Value, true)));
                break;
            default:
                var words = Layout.MetadataText(metadata).Split(' ', 2);
                Line(metadata.Span.Start, metadata.Span.End, $"{words[0]}: {words[1]}");
                break;
        }
    }

    private void Fields(IReadOnlyList<FieldSyntax> fields, bool isShort, int after, int end)
    {
        if (isShort || fields.Count == 0)
        {
            Flow("fields", after, fields.Count == 0 ? after : fields[^1].Span.End, fields.Select(f => Field(f, true)), "{", "}");
            return;
        }
        Line(after, after, "fields:");
        _indent += 2;
        foreach (var field in fields) Line(field.Span.Start, field.Span.End, Field(field, false));
        _indent -= 2;
        Close(end);
    }

    private static string Field(FieldSyntax field, bool isFlow)
    {
        var path = Of(field.Path);
        var text = Layout.FieldText(field)[path.Length..];
        return $"{Scalar(path, isFlow)}: {Scalar(text.TrimStart(' ', ':'), isFlow)}";
    }

    private void Responses(ResponsesStatement s, bool isShort)
    {
        if (isShort) Flow("responses", s.Span.Start, s.Span.End, s.Responses.Select(r => Scalar(Layout.ResponseText(r), true)));
        else
        {
            Items("responses", s.Span.Start, s.Span.Start, s.Responses.Select(r => (r.Span.Start, r.Span.End, Scalar(Layout.ResponseText(r)))));
            Close(s.Span.End);
        }
    }

    private void List(ListStatement s, bool isShort)
    {
        Name("list", s.Span.Start, s.Name);
        Phrase("type", s.Type.Span, Of(s.Type));
        if (s.IgnoringCase) Line(s.Type.Span.End, s.Type.Span.End, "ignoring case: true");
        if (s.From is { } from) Text("from", from);
        if (s.Entries is not { } entries) return;
        if (isShort) Line(entries.Span.Start, s.Span.End, $"entries: {Literal(entries, true)}");
        else
        {
            Items("entries", entries.Span.Start, entries.Span.Start, entries.Items.Select(i => (i.Span.Start, i.Span.End, Literal(i, false))));
            Close(s.Span.End);
        }
    }

    private void Parameters(IReadOnlyList<ParameterSyntax> parameters) => Flow(
        "parameters", parameters[0].Span.Start, parameters[^1].Span.End,
        parameters.Select(p => $"{Scalar(Of(p.Name), true)}: {Scalar(Of(p.Type), true)}"), "{", "}");

    private void Measure(MeasureStatement s)
    {
        Name("measure", s.Span.Start, s.Name);
        Phrase("value", s.Function.Span, Layout.FunctionText(s.Function));
        var where = s.Where;
        if (where is not null && s.Function.By is null) Phrase("where", where.Span, Of(where));
        if (s.Keys.Count > 0) Phrase("per", s.Keys[0].Span.To(s.Keys[^1].Span), Keys(s.Keys));
        if (s.Window is { } window) Phrase("over", window.Span, Layout.WindowText(window)["over ".Length..]);
        if (where is not null && s.Function.By is not null) Phrase("where", where.Span, Of(where));
    }

    private void Link(LinkStatement s)
    {
        Name("link", s.Span.Start, s.Name);
        Phrase("of", s.Entity.Span, Of(s.Entity));
        Phrase("over", s.Length.Span.To((s.Step ?? s.Length).Span), Of(s.Length) + After(" step ", s.Step));
        Items("by", s.By[0].Span.Start, s.By[0].Span.Start, s.By.Select(b => (b.Span.Start, b.Span.End, Scalar(Layout.ByText(b)["by ".Length..]))));
    }
}
