using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Syntax.Formatting;
using static PolicyEngine.Language.Syntax.Formatting.ExpressionText;

namespace PolicyEngine.Language.Yaml.Spelling;

internal sealed partial class SpellingLayout
{
    private void Rule(RuleStatement s)
    {
        Name("rule", s.Span.Start, s.Name);
        if (s.Title is { } title) Text("title", title);
        if (s.Body is { } body) Body(body);
        else Phrase("from", s.Recipe!.Span, $"{Of(s.Recipe!)}({ExpressionText.List(s.Arguments)})");
        foreach (var clause in s.Clauses) Clause(clause);
    }

    private void Recipe(RecipeStatement s)
    {
        Name("recipe", s.Span.Start, s.Name);
        Parameters(s.Parameters);
        if (s.Measures.Count > 0)
        {
            Line(s.Measures[0].Span.Start, s.Measures[0].Span.Start, "measures:");
            _indent += 4;
            foreach (var measure in s.Measures)
            {
                _beginsItem = true;
                Measure(measure);
            }
            _indent -= 4;
        }
        Body(s.Body);
        foreach (var clause in s.Clauses) Clause(clause);
    }

    private void Body(RuleBody body)
    {
        Trigger(body);
        if (body.When is { } when) Condition(when);
        if (body.Exceptions.Count > 0) Exceptions(body.Exceptions);
        var actions = body.Actions;
        var then = _language.WordBefore(actions[0].Span.Start, "then");
        if (actions.Count == 1) Line(then, actions[0].Span.End, $"then: {Scalar(Layout.ActionText(actions[0]))}");
        else Items("then", then, then, actions.Select(a => (a.Span.Start, a.Span.End, Scalar(Layout.ActionText(a)))));
        if (body.Because is { } because)
            Line(_language.WordBefore(because.Span.Start, "because"), because.Span.End, $"because: {Scalar(because.Value)}");
    }

    private void Trigger(RuleBody body)
    {
        var (start, trigger) = (body.Span.Start, body.Trigger);
        if (trigger is not KeyedTriggerSyntax { Follows.Count: > 0 } sequence)
        {
            Line(start, trigger.Span.End, $"on: {Scalar(Layout.TriggerText(trigger))}");
            return;
        }
        if (_language.OnOneLine(sequence) is { } single)
        {
            Line(start, trigger.Span.End, $"on: {Scalar(single["on ".Length..])}");
            return;
        }
        Line(start, sequence.Keys[^1].Span.End, $"on: {Scalar(Layout.TriggerText(trigger))}");
        var first = sequence.Follows[0].Span.Start;
        Items("steps", first, first, sequence.Follows.Select(f => (f.Span.Start, f.Span.End, Scalar(Layout.FollowText(f)))));
        Phrase("within", sequence.Within!.Span, Of(sequence.Within!));
        if (sequence.Until is { } until) Phrase("until", until.Span, Layout.StepText(until));
    }

    private void Condition(ExpressionSyntax when)
    {
        var start = _language.WordBefore(when.Span.Start, "when");
        if (_language.Broken(when, "when ") is not { } parts)
        {
            Line(start, when.Span.End, $"when: {Scalar(Of(when))}");
            return;
        }
        Items("when", start, start, parts.Select((p, i) => (
            i == 0 ? p.Part.Span.Start : _language.WordBefore(p.Part.Span.Start, p.Joiner.TrimEnd()), p.Part.Span.End,
            Scalar((i == 0 ? "" : p.Joiner) + Of(p.Part)))));
    }

    private void Exceptions(IReadOnlyList<ExceptSyntax> exceptions)
    {
        Line(exceptions[0].Span.Start, exceptions[0].Span.Start, "except:");
        _indent += 4;
        foreach (var exception in exceptions)
        {
            _beginsItem = true;
            Excuse(exception.When, exception.Until, exception.Because, exception.Span.Start);
        }
        _indent -= 4;
    }

    private void Excuse(ExpressionSyntax when, MomentLiteral? until, TextLiteral because, int start)
    {
        Line(start, when.Span.End, $"when: {Scalar(Of(when))}");
        if (until is not null) Phrase("until", until.Span, Of(until));
        Text("because", because);
    }

    private void Clause(ClauseSyntax clause)
    {
        switch (clause)
        {
            case OnceClause c:
                Line(c.Span.Start, c.Span.End, $"once in: {Scalar(Of(c.In))}");
                break;
            case RearmClause c:
                Line(c.Span.Start, c.Span.End, $"rearm when: {Scalar(Of(c.When))}");
                break;
            case FailClosedClause c:
                Line(c.Span.Start, c.Span.End, "fail closed: true");
                break;
            case FormerlyClause c:
                Line(c.Span.Start, c.Span.End, $"formerly: {Scalar(Of(c.Rule))}");
                break;
            case MetadataClause c:
                Metadata(c.Metadata);
                break;
            default:
                throw new InvalidOperationException($"no layout for {clause.GetType().Name}");
        }
    }

    // ---- tests ----

    private void Test(TestStatement s)
    {
        Line(s.Span.Start, s.Title.Span.End, $"test: {Scalar(s.Title.Value)}");
        if (s.Starting is { } starting) Phrase("starting", starting.Span, Of(starting));
        Line(s.Givens[0].Span.Start, s.Givens[0].Span.Start, "given:");
        _indent += 4;
        foreach (var given in s.Givens)
        {
            _beginsItem = true;
            Given(given);
        }
        _indent -= 4;
        var expected = s.Expectations.Select(e => (e.Span.Start, e.Span.End, Text: Scalar(Expected(e)))).ToList();
        if (expected is [var only]) Line(only.Start, only.End, $"expect: {only.Text}");
        else Items("expect", expected[0].Start, expected[0].Start, expected);
    }

    private void Given(GivenSyntax given)
    {
        switch (given)
        {
            case GivenEvents g:
                Line(g.Span.Start, g.Event.Span.End, $"event: {Scalar(Of(g.Event))}");
                if (g.Times is { } times) Line(g.Event.Span.End, g.Event.Span.End, $"times: {Of(times)}");
                if (g.At is { } at) Phrase("at", at.Span, Of(at));
                if (g.Every is { } every) Phrase("every", every.Span, Of(every));
                if (g.For is { } span) Phrase("for", span.Span, Of(span));
                if (g.Record.Pairs.Count > 0) Line(g.Record.Span.Start, g.Record.Span.End, $"fields: {Record(g.Record)}");
                break;
            case GivenLabel g:
                Phrase("label", g.Label.Span, Of(g.Label));
                Phrase("for", g.Entity.Span.To(g.Id.Span), $"{Of(g.Entity)} {Of(g.Id)}");
                if (g.At is { } since) Phrase("at", since.Span, Of(since));
                break;
            case GivenEntry g:
                Line(g.Span.Start, g.Value.Span.End, $"entry: {Literal(g.Value, false)}");
                Phrase("in", g.List.Span, Of(g.List));
                break;
            default:
                throw new InvalidOperationException($"no layout for {given.GetType().Name}");
        }
    }

    private static string Record(RecordSyntax record) => $"{{{string.Join(", ", record.Pairs.Select(
        p => $"{Scalar(Of(p.Path), true)}: {(p.Value is { } value ? Literal(value, true) : Record(p.Record!))}"))}}}";

    private static string Expected(ExpectSyntax e)
    {
        var text = Layout.ExpectText(e);
        return e.Todo ? "todo " + text["todo expect ".Length..] : text["expect ".Length..];
    }
}
