namespace PolicyEngine.Oracle.Generation;

/// <summary>What a condition may read: fields of the event in hand, measures whose keys it carries, and state of lower levels.</summary>
internal sealed record Readable(IReadOnlyList<DraftField> Fields, IReadOnlyList<DraftMeasure> Measures, int Level)
{
    public bool Has(Shape shape) => Fields.Any(f => f.Shape == shape);
}

/// <summary>Writes random conditions and values as text of the language.</summary>
internal sealed class ConditionWriter(Draw draw)
{
    private static readonly string[] Words = ["\"\"", "\"a\"", "\"A\"", "\"b/c\"", "\"zoë\""];

    public string Condition(Readable readable, int depth = 2)
    {
        var roll = depth == 0 ? 0 : draw.Below(10);
        return roll switch
        {
            6 => $"({Condition(readable, depth - 1)} or {Condition(readable, depth - 1)})",
            7 => $"({Condition(readable, depth - 1)} and {Condition(readable, depth - 1)})",
            8 => $"not ({Condition(readable, depth - 1)})",
            9 when depth == 2 => $"at least 2 of ({Condition(readable, 0)}, {Condition(readable, 0)}, {Condition(readable, 0)})",
            _ => draw.Chance(55) ? StateTest(readable) : FieldTest(readable),
        };
    }

    /// <summary>A test of fields and lists only: part of a filter.</summary>
    public string FieldTest(Readable readable)
    {
        if (readable.Fields.Count == 0) return StateTest(readable);
        var field = draw.Of(readable.Fields);
        if (field.Optional && draw.Chance(25)) return $"{field.Name} is {draw.Of("missing", "present", "null")}";
        return Test(field.Name, field.Shape, readable);
    }

    /// <summary>A test of measures, labels or scores: never part of a filter.</summary>
    public string StateTest(Readable readable)
    {
        var labels = Labels(readable).ToList();
        if (labels.Count > 0 && draw.Chance(readable.Level > 0 ? 45 : 15)) return draw.Of(labels);
        var scores = Scores(readable).ToList();
        if (scores.Count > 0 && draw.Chance(15)) return Test(draw.Of(scores), Shape.Number, readable);
        if (readable.Measures.Count > 0)
        {
            var measure = draw.Of(readable.Measures);
            return Test(measure.Name, measure.Shape, readable);
        }
        return labels.Count > 0 ? draw.Of(labels) : FieldTest(readable);
    }

    private IEnumerable<string> Labels(Readable readable)
    {
        var older = draw.Chance(20) ? " older than 30s" : "";
        foreach (var account in readable.Fields.Where(f => f.Shape == Shape.Account))
        {
            yield return $"{account.Name} had label {draw.Of("l0", "l1", "l2")}{older}";
            foreach (var label in Schema.States.Where(s => s.Kind == "label" && s.Written < readable.Level))
                yield return $"{account.Name} {draw.Of("has", "has", "not has")} label {label.Name}{older}";
        }
        if (readable.Has(Shape.Card) && readable.Level > 0) yield return $"card has label k0{older}";
    }

    private static IEnumerable<string> Scores(Readable readable)
    {
        if (readable.Has(Shape.Account) && readable.Level > 1 && readable.Fields.Any(f => f.Name == "account")) yield return "s0";
        if (readable.Has(Shape.Card) && readable.Level > 0) yield return "s1";
    }

    /// <summary>A value that can be printed in a text.</summary>
    public string Hole(Readable readable) =>
        readable.Measures.Count > 0 && draw.Chance(70) ? draw.Of(readable.Measures).Name
        : readable.Fields.Count > 0 ? draw.Of(readable.Fields.Where(f => f.Shape != Shape.Tags).ToList()).Name : "1 + 1";

    private string Test(string value, Shape shape, Readable readable) => shape switch
    {
        Shape.Integer => Integer(value, readable),
        Shape.Number => $"{value} {Order()} {draw.Of("0", "0.1", "0.3", "0.6", "1", "few")}",
        Shape.Share => $"{value} {Order()} {draw.Of("0%", "25%", "33%", "50%", "100%")}",
        Shape.Duration => $"{value} {Order()} {draw.Of("0s", "1ms", "30s", "1m", "brief", "30m", "1h")}",
        Shape.Rate => $"{value} {Order()} {draw.Of("1 per hour", "3 per minute", "1 per second")}",
        Shape.Text => Text(value, readable),
        Shape.Boolean => draw.Of(value, $"{value} = true", $"{value} != true", $"not {value}"),
        Shape.Ip => $"{value} {draw.Of("in 10.0.0.0/8", "in nets", "not in nets", "= 10.0.0.1", "in 10.0.0.0/30")}",
        Shape.Cidr => $"{value} {draw.Of("=", "!=")} 10.0.0.0/24",
        Shape.Account => $"{value} {draw.Of("= \"a0\"", "!= \"a1\"", "in [\"a0\", \"a2\"]", "starts with \"a\"")}",
        Shape.Card => readable.Level > 1 && draw.Chance(40) ? $"{value} {draw.Of("in", "not in")} cards" : $"{value} {draw.Of("= \"c0\"", "!= \"c1\"")}",
        _ => $"{value} {draw.Of("contains", "not contains")} {draw.Of("\"x\"", "any of [\"x\", \"y\"]", "all of [\"x\", \"y\"]")}",
    };

    private string Integer(string value, Readable readable) => draw.Below(6) switch
    {
        0 => $"{value} between {draw.Of("0", "1")} and {draw.Of("2", "3")}",
        1 => $"{value} {draw.Of("in", "not in")} {draw.Of("fixed", "[0, 2]")}",
        2 => $"{value} * 2 - 1 {Order()} {draw.Of("1", "3")}",
        3 when readable.Fields.Any(f => f.Name == "n") => $"{value} / n {Order()} {draw.Of("1", "0.5")}",
        4 when readable.Fields.Any(f => f.Name == "n") => $"first_present(n, 0) + {value} {Order()} {draw.Of("2", "3")}",
        _ => $"{value} {Order()} {draw.Of("0", "1", "1", "few", "3")}",
    };

    private string Text(string value, Readable readable)
    {
        var fold = draw.Chance(40) ? " ignoring case" : "";
        return draw.Below(7) switch
        {
            0 => $"{value} {draw.Of("in", "not in")} words",
            1 when readable.Level > 0 => $"{value} {draw.Of("in", "not in")} learned",
            2 => $"{value} {draw.Of("like \"*a\"", "like \"?/*\"", "contains \"a\"", "ends with \"c\"", "starts with \"Z\"")}{fold}",
            3 => $"{value} matches '^[ab]'{fold}",
            4 => $"{value} contains any of [\"a\", \"ë\"]{fold}",
            5 => $"length({value}) {Order()} {draw.Of("1", "3")}",
            _ => $"{value} {draw.Of("=", "!=")} {draw.Of(Words)}{fold}",
        };
    }

    private string Order() => draw.Of(">=", ">=", ">=", ">", "<", "<=", "=", "!=");
}
