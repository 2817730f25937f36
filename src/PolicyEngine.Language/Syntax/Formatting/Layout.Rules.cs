using static PolicyEngine.Language.Syntax.Formatting.ExpressionText;

namespace PolicyEngine.Language.Syntax.Formatting;

internal sealed partial class Layout
{
    private void Rule(RuleStatement s)
    {
        var head = $"rule {Of(s.Name)}{After(" ", s.Title)}";
        if (s.Body is { } body)
        {
            Header(s.Span, (s.Title?.Span ?? s.Name.Span).End, head);
            Body(body);
        }
        else
        {
            var end = s.Arguments.Count > 0 ? s.Arguments[^1].Span.End : s.Recipe!.Span.End;
            Header(s.Span, Find(')', end, s.Span.End) + 1, $"{head} from {Of(s.Recipe!)}({List(s.Arguments)})");
        }
        foreach (var clause in s.Clauses) Line(clause.Span, 2, ClauseText(clause));
    }

    private void Recipe(RecipeStatement s)
    {
        Header(s.Span, Find('{', s.Parameters[^1].Span.End, s.Span.End) + 1, $"recipe {Of(s.Name)}({Parameters(s.Parameters)}) {{");
        foreach (var measure in s.Measures) Measure(measure, 2);
        Body(s.Body);
        foreach (var clause in s.Clauses) Line(clause.Span, 2, ClauseText(clause));
        _lines.Add(new LayoutLine(s.Span.End - 1, s.Span.End, 0, "}") { Closes = true });
    }

    private void Body(RuleBody body)
    {
        Trigger(body);
        if (body.When is { } when) Condition(body.Trigger.Span.End, when, "when ");
        foreach (var exception in body.Exceptions) Except(exception);
        // The words `then` and `because` are no nodes: a line reaches back to where the one before it ended.
        for (var i = 0; i < body.Actions.Count; i++)
        {
            var action = body.Actions[i];
            var start = i == 0 ? WordBefore(action.Span.Start, "then") : action.Span.Start;
            var text = (i == 0 ? "then " : "") + ActionText(action) + (i < body.Actions.Count - 1 ? "," : "");
            Line(start, action.Span.End, i == 0 ? 2 : 7, text);
        }
        if (body.Because is { } because) Line(WordBefore(because.Span.Start, "because"), because.Span.End, 2, $"because {Of(because)}");
    }

    private void Trigger(RuleBody body)
    {
        var start = body.Span.Start;
        var trigger = body.Trigger;
        if (trigger is not KeyedTriggerSyntax { Follows.Count: > 0 } sequence)
        {
            Line(start, trigger.Span.End, 2, "on " + TriggerText(trigger));
            return;
        }
        if (OnOneLine(sequence) is { } single)
        {
            Line(start, trigger.Span.End, 2, single);
            return;
        }
        Line(start, sequence.Keys[^1].Span.End, 2, "on " + TriggerText(trigger));
        foreach (var follow in sequence.Follows) Line(follow.Span, 5, FollowText(follow));
        Line(WordBefore(sequence.Within!.Span.Start, "within"), trigger.Span.End, 5, Tail(sequence));
    }

    /// <summary>A sequence that was written on one line and fits; null when it gets several.</summary>
    internal string? OnOneLine(KeyedTriggerSyntax sequence)
    {
        var single = $"on {TriggerText(sequence)} {string.Join(' ', sequence.Follows.Select(FollowText))} {Tail(sequence)}";
        var (start, end) = (sequence.Span.Start, sequence.Span.End);
        return single.Length + 2 <= Width && !HasComment(start, end) && !HasLineEnd(start, end) ? single : null;
    }

    internal static string FollowText(FollowSyntax follow) => $"{(follow.Not ? "not " : "")}followed by {StepText(follow.Step)}";

    private static string Tail(KeyedTriggerSyntax sequence) =>
        $"within {Of(sequence.Within!)}{(sequence.Until is { } until ? $" until {StepText(until)}" : "")}";

    internal static string TriggerText(TriggerSyntax trigger) => trigger switch
    {
        EachTriggerSyntax t => $"each {Sources(t.Sources)}",
        KeyedTriggerSyntax t => $"{StepText(t.First)} per {Keys(t.Keys)}",
        EveryTriggerSyntax t => $"every {Of(t.Every)} per {Keys(t.Keys)}",
        LabelTriggerSyntax t => $"label {Of(t.Label)} {(t.Added ? "added to" : "removed from")} {Of(t.Entity)}",
        JoinTriggerSyntax t => $"{Of(t.Entity)} joins {Of(t.Link)}",
        _ => throw new InvalidOperationException($"no layout for {trigger.GetType().Name}"),
    };

    internal static string StepText(StepSyntax step) =>
        $"{(step.Times is null ? "" : $"{Of(step.Times)} times ")}{Sources(step.Sources)}{(step.As is { } name ? $" as {Of(name)}" : "")}"
        + After(" where ", step.Where);

    private void Except(ExceptSyntax e) => Wrapped(
        (e.Span.Start, e.Span.End), e.When, 2, ("except when ", $"{After(" until ", e.Until)} because {Of(e.Because)}"));

    private void ExceptFor(ExceptForStatement s) => Wrapped(
        (s.Span.Start, s.Span.End), s.When, 0, ($"except for {Sources(s.Rules)} when ", $"{After(" until ", s.Until)} because {Of(s.Because)}"));

    internal static string ActionText(ActionSyntax action) =>
        $"{ActText(action.Act)}{After(" at most ", action.AtMost)}{After(" after ", action.After)}{After(" to ", action.AfterTo)}";

    private static string ActText(ActSyntax act) => act switch
    {
        ObserveAct => "observe",
        LabelAct a => $"label {TargetText(a.Target)} as {Of(a.Label)}{After(" for ", a.For)}",
        UnlabelAct a => $"unlabel {TargetText(a.Target)} as {Of(a.Label)}",
        AddAct a => $"add {Of(a.Amount)} to {Of(a.To)}{(a.Of is { } target ? $" of {TargetText(target)}" : "")}{After(" for ", a.For)}",
        RemoveAct a => $"remove {Of(a.Amount)} from {Of(a.From)}",
        OpenCaseAct a => $"open case for {TargetText(a.For)}",
        ResponseAct a => $"{Of(a.Verb)} {TargetText(a.Target)}{string.Concat(a.Arguments.Select(r => $" {r.Preposition} {Of(r.Value)}"))}",
        _ => throw new InvalidOperationException($"no layout for {act.GetType().Name}"),
    };

    private static string TargetText(TargetSyntax target) => target.Group is { } group
        ? $"each {Of(target.Path)} of {Of(group)}{After(" where ", target.Where)}"
        : Of(target.Path);

    private static string ClauseText(ClauseSyntax clause) => clause switch
    {
        OnceClause c => $"once in {Of(c.In)}",
        RearmClause c => $"rearm when {Of(c.When)}",
        FailClosedClause => "fail closed",
        FormerlyClause c => $"formerly {Of(c.Rule)}",
        MetadataClause c => MetadataText(c.Metadata),
        _ => throw new InvalidOperationException($"no layout for {clause.GetType().Name}"),
    };

    /// <summary>Where a word that stands somewhere before an offset begins; comments between the two are passed over.</summary>
    internal int WordBefore(int offset, string word)
    {
        var text = file.Source.Text;
        var at = offset;
        do at = at <= 0 ? -1 : text.LastIndexOf(word, at - 1, StringComparison.Ordinal);
        while (at >= 0 && InComment(at));
        return at < 0 ? offset : at;
    }

    private bool InComment(int offset)
    {
        var line = file.Source.Text.LastIndexOf('\n', offset) + 1;
        return HasComment(line, offset);
    }
}
