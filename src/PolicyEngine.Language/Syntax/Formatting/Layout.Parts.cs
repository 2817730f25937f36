using static PolicyEngine.Language.Syntax.Formatting.ExpressionText;

namespace PolicyEngine.Language.Syntax.Formatting;

internal sealed partial class Layout
{
    internal static string FieldText(FieldSyntax field) => field.Type is { } type
        ? $"{Of(field.Path)}: {Of(type)}{(field.Sensitive ? " sensitive" : "")}{After(" from ", field.From)}"
        : $"{Of(field.Path)} = {Of(field.Computed!)}";

    internal static string ResponseText(ResponseSyntax response) =>
        $"{(response.Also ? "also " : "")}{Of(response.Verb)} {Of(response.Target)}"
        + string.Concat(response.Parameters.Select(p => $" {p.Preposition} {Of(p.Type)}"));

    internal static string MetadataText(Metadata metadata) => metadata switch
    {
        OwnerMetadata m => $"owner {Of(m.Text)}",
        PolicyMetadata m => $"policy {Of(m.Text)}",
        RunbookMetadata m => $"runbook {Of(m.Text)}",
        TagsMetadata m => $"tags {List(m.Tags)}",
        SeverityMetadata m => $"severity {m.Word}",
        StageMetadata m => $"stage {m.Word}{After(" ", m.Share)}",
        HoldoutMetadata m => $"holdout {Of(m.Share)}",
        _ => throw new InvalidOperationException($"no layout for {metadata.GetType().Name}"),
    };

    /// <summary>One line if it fits, else what is counted, where, and per what each on its own.</summary>
    private void Measure(MeasureStatement s, int indent)
    {
        var head = $"measure {Of(s.Name)} = {FunctionText(s.Function)}";
        var where = After("where ", s.Where);
        var rest = string.Join(' ', new[] { s.Keys.Count > 0 ? $"per {Keys(s.Keys)}" : "", s.Window is { } window ? WindowText(window) : "" }.Where(t => t.Length > 0));
        // Accounts around a value are narrowed by what holds now, which is read last.
        string[] parts = s.Function.By is null ? [head, where, rest] : [head, rest, where];
        var written = parts.Where(p => p.Length > 0).ToList();
        var single = string.Join(' ', written);
        if (indent + single.Length <= Width || written.Count == 1)
        {
            Line(s.Span, indent, single);
            return;
        }
        Line(s.Span.Start, s.Function.Span.End, indent, written[0]);
        for (var i = 1; i < written.Count; i++) Line(s.Function.Span.End, s.Function.Span.End, indent + 2, written[i]);
        _lines[^1] = _lines[^1] with { End = s.Span.End };
    }

    internal static string FunctionText(FunctionSyntax f)
    {
        var sources = Sources(f.Sources);
        return f.Aggregate switch
        {
            Aggregate.Count or Aggregate.Rate or Aggregate.Share when f.By is { } by => $"{Word(f.Aggregate)} of {Of(f.Amount!)} by {Keys(by)} of {sources}",
            Aggregate.Count or Aggregate.Rate or Aggregate.Share => $"{Word(f.Aggregate)} of {sources}",
            Aggregate.SinceFirst => $"since first {sources}",
            Aggregate.SinceLast => $"since last {sources}",
            Aggregate.Percentile => $"percentile {Of(f.Percentile!)} {Of(f.Amount!)} of {sources}",
            _ => $"{Word(f.Aggregate)} {Of(f.Amount!)} of {sources}{After(" within ", f.Within)}",
        };
    }

    private static string Word(Aggregate aggregate) => aggregate is Aggregate.TopShare ? "top_share" : aggregate.ToString().ToLowerInvariant();

    internal static string WindowText(WindowSyntax window) => window switch
    {
        SlidingWindowSyntax w => $"over {Of(w.Length)}{After(" step ", w.Step)}{(w.Ending is null ? "" : $" ending {Of(w.Ending)} ago")}",
        TumblingWindowSyntax w => $"over each {Of(w.Length)}",
        SessionWindowSyntax w => $"over session until {Of(w.Idle)} idle",
        _ => throw new InvalidOperationException($"no layout for {window.GetType().Name}"),
    };

    internal static string ByText(LinkBySyntax by) =>
        $"by {Keys(by.Keys)} of {Sources(by.Sources)}"
        + string.Concat(by.Caps.Select(c => $" unless shared by {(c.More ? "more" : "fewer")} than {Of(c.Limit)}{After(" without label ", c.WithoutLabel)}"));

    private void Test(TestStatement s)
    {
        Header(s.Span, (s.Starting?.Span ?? s.Title.Span).End, $"test {Of(s.Title)}{After(" starting ", s.Starting)}");
        foreach (var given in s.Givens) Line(given.Span, 2, GivenText(given));
        foreach (var expect in s.Expectations) Line(expect.Span, 2, ExpectText(expect));
    }

    private static string GivenText(GivenSyntax given) => given switch
    {
        GivenEvents g => $"given {(g.Times is null ? "" : $"{Of(g.Times)} times ")}{Of(g.Event)}{After(" at ", g.At)}{After(" every ", g.Every)}"
            + $"{After(" for ", g.For)} {RecordText(g.Record)}",
        GivenLabel g => $"given label {Of(g.Label)} for {Of(g.Entity)} {Of(g.Id)}{After(" at ", g.At)}",
        GivenEntry g => $"given {Of(g.Value)} in {Of(g.List)}",
        _ => throw new InvalidOperationException($"no layout for {given.GetType().Name}"),
    };

    private static string RecordText(RecordSyntax record) => record.Pairs.Count == 0
        ? "{ }"
        : $"{{ {string.Join(", ", record.Pairs.Select(p => $"{Of(p.Path)}: {(p.Value is { } value ? Of(value) : RecordText(p.Record!))}"))} }}";

    internal static string ExpectText(ExpectSyntax e)
    {
        var what = e.Kind switch
        {
            ExpectKind.Nothing => "nothing",
            ExpectKind.Label => $"{(e.No ? "no " : "")}label {Of(e.Name!)}",
            ExpectKind.Named => $"{(e.No ? "no " : "")}{Of(e.Name!)}",
            _ => $"value {Of(e.Value!)}",
        };
        return $"{(e.Todo ? "todo " : "")}expect {what}{After(" for ", e.Entity)}{After(" ", e.Id)}{After(" by ", e.ByRule)}"
            + $"{(e.Times is null ? "" : $" {Of(e.Times)} times")}{After(" at ", e.At)}{After(" between ", e.Between)}{After(" and ", e.BetweenAnd)}";
    }
}
