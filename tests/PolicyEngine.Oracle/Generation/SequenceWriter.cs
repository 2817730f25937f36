using System.Text;

namespace PolicyEngine.Oracle.Generation;

/// <summary>Writes random steps: repeats, names, conditions on earlier steps, what may not come between, `until`, and absences.</summary>
internal sealed class SequenceWriter(Draw draw, ConditionWriter conditions, PolicyTraits traits, RuleWriter rules)
{
    private static readonly string[] Spans = ["1ms", "1m", "5m", "10m", "30m", "1h", "2h", "5h", "24h", "24h"];

    public (DraftSource Source, string Text) Write(
        string name, int level, IReadOnlyList<DraftSource> sources, IReadOnlyList<DraftMeasure> measures)
    {
        List<DraftSource> carrying = [.. sources.Where(s => s.Level <= level && s.Fields.Any(f => f.Name == "account"))];
        return draw.Chance(20) ? Absence(name, level, carrying, measures) : Sequence(name, level, carrying, measures);
    }

    private (DraftSource, string) Sequence(string name, int level, List<DraftSource> sources, IReadOnlyList<DraftMeasure> measures)
    {
        var first = draw.Of(sources);
        var text = new StringBuilder($"{Times()}{first.Name} as s0{Where(first, level, [])} per account");
        var (last, before) = (first, new List<(string, DraftSource)> { ("s0", first) });
        for (var steps = draw.Of(1, 1, 2, 3); steps > 0; steps--)
        {
            if (draw.Chance(25)) text.Append($"\n     not followed by {Unwanted(sources, level, before)}");
            last = draw.Of(sources);
            text.Append($"\n     followed by {Times()}{last.Name} as s{before.Count}{Where(last, level, before)}");
            before.Add(($"s{before.Count}", last));
        }
        text.Append($"\n     within {draw.Of(Spans)}{Until(sources, level)}");
        return rules.Plain(name, text.ToString(), level, last, measures, "steps");
    }

    /// <summary>In hand at the deadline are the key and what is kept of the first event, so only measures of the account can be read.</summary>
    private (DraftSource, string) Absence(string name, int level, List<DraftSource> sources, IReadOnlyList<DraftMeasure> measures)
    {
        var first = draw.Of(sources);
        var unwanted = Unwanted(sources, level, [("s0", first)]);
        var trigger = $"{first.Name} as s0{Where(first, level, [])} per account\n     not followed by {unwanted}\n     within {draw.Of(Spans)}{Until(sources, level)}";
        List<DraftMeasure> readable = [.. measures.Where(m => m.Keys.All(k => k == "account"))];
        var fields = first.Fields.Where(f => f.Name is "account" or "n" or "path" or "amount").ToList();
        var (fired, text) = rules.Plain(name, trigger, level, new DraftSource(first.Name, fields, level), readable, "steps");
        return (fired with { Fields = [], Level = 99 }, text);
    }

    private string Times() => draw.Chance(30) ? $"{draw.Between(2, 4)} times " : "";

    private string Until(List<DraftSource> sources, int level)
    {
        if (!draw.Chance(15)) return "";
        var source = draw.Of(sources);
        return $" until {source.Name}{Where(source, level, [])}";
    }

    private string Unwanted(List<DraftSource> sources, int level, List<(string, DraftSource)> before)
    {
        var source = draw.Of(sources);
        return source.Name + Where(source, level, before);
    }

    private string Where(DraftSource source, int level, List<(string Name, DraftSource Source)> before)
    {
        var parts = new List<string>();
        if (draw.Chance(15)) parts.Add(conditions.FieldTest(new Readable(source.Fields, [], level)));
        if (level > 0 && !traits.AccountsApart && draw.Chance(15)) parts.Add(conditions.StateTest(new Readable(source.Fields, [], level)));
        if (before.Count > 0 && draw.Chance(25) && Earlier(source, draw.Of(before)) is { } earlier) parts.Add(earlier);
        return parts.Count == 0 ? "" : " where " + string.Join(" and ", parts);
    }

    /// <summary>A test that compares with an earlier step, by a field that both have.</summary>
    private string? Earlier(DraftSource source, (string Name, DraftSource Source) step)
    {
        var common = source.Fields.Where(f => f.Shape is Shape.Integer or Shape.Text or Shape.Ip or Shape.Number or Shape.Card
            && step.Source.Fields.Any(o => o.Name == f.Name)).ToList();
        if (common.Count == 0) return null;
        var field = draw.Of(common).Name;
        return draw.Chance(20) ? $"({field} = {step.Name}.{field} or {field} is missing)" : $"{field} {draw.Of("=", "!=")} {step.Name}.{field}";
    }
}
