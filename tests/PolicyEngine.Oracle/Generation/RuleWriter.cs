using System.Text;

namespace PolicyEngine.Oracle.Generation;

/// <summary>Writes random rules of a level: they read what lower levels write, and write what their level may.</summary>
internal sealed class RuleWriter(Draw draw, ConditionWriter conditions, PolicyTraits traits)
{
    private static readonly DraftSource Account = new("account", [new DraftField("account", Shape.Account, false)], 0);

    public (DraftSource Source, string Text) Write(
        int number, int level, IReadOnlyList<DraftSource> sources, IReadOnlyList<DraftMeasure> measures)
    {
        var name = $"r{number}";
        var source = draw.Of(sources.Where(s => s.Level <= level).ToList());
        var kind = draw.Below(20);
        if (level > 0 && kind < 3) return Plain(name, LabelTrigger(level), level, Account, measures, "label");
        if (kind > 16) return new SequenceWriter(draw, conditions, traits, this).Write(name, level, sources, measures);
        if (kind == 3) return Plain(name, $"every {draw.Of("1m", "10m", "1h")} per account", level, Account, measures, "every");
        if (kind < 10) return Plain(name, $"each {source.Name}", level, source, measures, "each");
        var keyed = source.Fields.Any(f => f.Name == "account") ? source : sources[0];
        var key = !traits.AccountsApart && keyed.Fields.Any(f => f.Name == "net") && draw.Chance(20) ? draw.Of("net", "account, path", "subnet(ip, 16)") : "account";
        return Plain(name, $"{keyed.Name} per {key}", level, keyed, measures, "keyed");
    }

    private string LabelTrigger(int level)
    {
        var label = draw.Of(Schema.States.Where(s => s.Kind == "label" && s.Written < level).ToList());
        return $"label {label.Name} {draw.Of("added to", "added to", "removed from")} account";
    }

    /// <param name="kind">each, keyed, every, label, or steps: those of a sequence or an absence.</param>
    public (DraftSource, string) Plain(
        string name, string trigger, int level, DraftSource source, IReadOnlyList<DraftMeasure> measures, string kind)
    {
        var readable = new Readable(source.Fields, MeasureWriter.Carried(measures, source, level), level);
        var text = new StringBuilder($"rule {name}\n  on {trigger}\n");
        if (kind is not ("label" or "steps") || draw.Chance(kind == "label" ? 50 : 30)) text.Append($"  when {When(readable, kind)}\n");
        if (draw.Chance(15)) text.Append($"  except when {conditions.Condition(readable, 1)}{Until()} because \"agreed\"\n");
        text.Append($"  then {string.Join(",\n       ", Enumerable.Range(0, draw.Between(1, 3)).Select(_ => Action(readable, kind, source)))}\n");
        if (draw.Chance(60)) text.Append($"  because \"{{{conditions.Hole(readable)}}} and {{{conditions.Hole(readable)}}}\"\n");
        if (kind is "keyed" or "every" && draw.Chance(20)) text.Append($"  rearm when {conditions.Condition(readable, 1)}\n");
        if (kind != "each" && draw.Chance(30)) text.Append($"  once in {draw.Of("30s", "5m", "1h", "24h")}\n");
        text.Append(Stage());
        var fired = new DraftSource(name, kind is "label" or "every" ? [] : source.Fields, kind is "label" or "every" ? 99 : level + 1) { Events = source.Events };
        return (fired, text.ToString());
    }

    private string When(Readable readable, string kind)
    {
        var parts = new List<string>();
        if (readable.Fields.Count > 1 && draw.Chance(25)) parts.Add(conditions.FieldTest(readable));
        parts.Add(kind == "each" ? conditions.Condition(readable) : conditions.StateTest(readable));
        if (draw.Chance(20)) parts.Add(conditions.Condition(readable));
        return string.Join(" and ", parts);
    }

    private string Until() => draw.Chance(50) ? $" until 2026-02-02T0{draw.Below(10)}:30:00Z" : "";

    private string Stage() => draw.Below(traits.Sampling ? 8 : 2) switch
    {
        0 or 1 => "  stage shadow\n",
        2 => $"  stage sampled {draw.Of("25%", "50%")}\n",
        3 => draw.Of("  holdout 40%\n", "  stage sampled 50%\n  holdout 40%\n"),
        4 when draw.Chance(30) => $"  stage {draw.Of("draft", "paused")}\n",
        _ => "",
    };

    private string Action(Readable readable, string kind, DraftSource source)
    {
        var act = Act(readable, kind, source);
        if (act.StartsWith("observe", StringComparison.Ordinal)) return act;
        if (!traits.AccountsApart && draw.Chance(12)) act += $" at most {draw.Of("1", "2", "3")} per {draw.Of("minute", "hour")}";
        if (draw.Chance(10)) act += $" after {draw.Of("1ms", "1m", "30m")}";
        return act;
    }

    private string Act(Readable readable, string kind, DraftSource source)
    {
        var lifetime = draw.Of("", " for 30s", " for 1m", " for 5m", " for 1h");
        var account = draw.Of(readable.Fields.Where(f => f.Shape == Shape.Account).Select(f => f.Name).ToList());
        switch (draw.Below(16))
        {
            case 0 or 1 or 2 or 14 or 15 when Labels(readable.Level, "label") is { Count: > 0 } labels:
                return $"label {account} as {draw.Of(labels)}{lifetime}";
            case 3 when draw.Chance(60) && Labels(readable.Level, "label") is { Count: > 0 } labels:
                return $"unlabel {account} as {draw.Of(labels)}";
            case 4 or 5 when readable.Level <= 1:
                return $"add {draw.Of("1", "0.1", "30", "-2", "2.5")} to s0 of {account}";
            case 6 when !traits.AccountsApart && readable.Level == 0 && readable.Has(Shape.Card):
                return draw.Of($"label card as k0{lifetime}", "add 3 to s1 of card");
            case 7 when !traits.AccountsApart && readable.Level <= 1 && readable.Has(Shape.Card):
                return draw.Of($"add card to cards{lifetime}", "remove card from cards");
            case 8 when !traits.AccountsApart && readable.Level == 0 && readable.Fields.Any(f => f.Name == "path"):
                return draw.Of($"add path to learned{lifetime}", "remove path from learned");
            case 9 when kind == "each" && source.Events is ["pay"]: return "decline pay";
            case 10: return draw.Of($"review {account} in \"queue\"", $"watch {account}", $"watch {account} for {draw.Of("30s", "5m")}");
            case 11: return draw.Of("observe", $"open case for {account}");
            default: return Restraint(account);
        }
    }

    private string Restraint(string account) => draw.Of(
        $"suspend {account}", $"suspend {account} for {draw.Of("1m", "5m", "1h")}", $"allow {account} for {draw.Of("1m", "30m")}",
        $"throttle {account} to 10 per minute for {draw.Of("30s", "5m", "1h")}", $"throttle {account} to 1 per hour for 5m");

    private static List<string> Labels(int level, string kind) =>
        [.. Schema.States.Where(s => s.Kind == kind && s.Written >= level).Select(s => s.Name)];
}
