using System.Text;

namespace PolicyEngine.Oracle.Generation;

/// <summary>
/// Writes a random link, what is measured of its groups and around values, and rules about groups: caps that are crossed and left
/// again, spans whose ends come within a stream, labels through joins, merges and splits.
/// </summary>
internal sealed class LinkWriter(Draw draw)
{
    /// <summary>Rules up to this level may give groups the label; only higher ones may read it.</summary>
    private const int LabelWritten = 1;

    private readonly List<DraftMeasure> _ofGroups = [new("ring.size", Shape.Integer, ["account"], 0), new("ring.age", Shape.Duration, ["account"], 0)];
    private int _count;

    /// <summary>The link and its label; what can be read of its groups goes to the measures.</summary>
    public IEnumerable<string> Link(List<DraftMeasure> measures)
    {
        measures.AddRange(_ofGroups);
        var text = new StringBuilder($"link ring of account over {draw.Of("1m step 10s", "10m step 1m", "1h step 10m", "1h step 1h", "24h step 6h")}");
        var ways = draw.Some(["card of pay", "path of visit", "path of visit, ping", "net, path of visit", "net of visit", "n of both"], draw.Between(1, 2));
        foreach (var way in ways) text.Append($"\n  by {way}{Caps()}");
        yield return text.ToString();
        yield return "label g0 of ring";
    }

    /// <summary>A measure over members, around a value or per group.</summary>
    public string Measure(int level, List<DraftMeasure> measures)
    {
        var name = $"z{_count++}";
        var (measure, text) = draw.Below(3) switch
        {
            0 => Around(name, level, measures),
            1 => OverMembers(name, level, measures),
            _ => PerGroup(name, level),
        };
        measures.Add(measure);
        if (measure.Keys is ["account"]) _ofGroups.Add(measure);
        return text;
    }

    public string Rule(int number, int level, IReadOnlyList<DraftMeasure> measures)
    {
        var kind = draw.Below(level > 0 ? 4 : 3);
        var trigger = kind switch
        {
            0 => "account joins ring",
            1 => $"{draw.Of("visit", "pay", "both")} per ring",
            2 => $"every {draw.Of("1m", "10m", "1h")} per ring",
            _ => "label l0 added to account",
        };
        var text = new StringBuilder($"rule w{number}\n  on {trigger}\n");
        if (kind is not (0 or 3) || draw.Chance(60)) text.Append($"  when {Condition(level, kind, measures)}\n");
        text.Append($"  then {Action(level, kind)}{(draw.Chance(40) ? ",\n       " + Action(level, kind) : "")}\n");
        text.Append($"  because \"{{ring.id}} {{ring.reasons}} {{{draw.Of(Groups(level)).Name}}}\"\n");
        if (kind is 1 or 2 && draw.Chance(25)) text.Append($"  rearm when {Test(level, kind, measures)}\n");
        if (draw.Chance(30)) text.Append($"  once in {draw.Of("30s", "5m", "1h")}\n");
        if (draw.Chance(25)) text.Append("  fail closed\n");
        if (draw.Chance(20)) text.Append("  stage shadow\n");
        return text.ToString();
    }

    private string Caps() => draw.Below(5) switch
    {
        0 => $" unless shared by more than {draw.Between(1, 3)}",
        1 => $" unless shared by more than {draw.Between(1, 3)} without label {draw.Of("l0", "l1")}",
        2 => $" unless shared by fewer than {draw.Between(2, 3)}",
        3 => $" unless shared by fewer than 2 unless shared by more than {draw.Between(2, 4)}",
        _ => "",
    };

    private (DraftMeasure, string) Around(string name, int level, IReadOnlyList<DraftMeasure> measures)
    {
        var (key, source) = draw.Of(("card", "pay"), ("path", "visit"), ("path", "visit, ping"), ("net", "visit"));
        var isShare = draw.Chance(60);
        var where = isShare || draw.Chance(60) ? $" where {OfMember(level, measures)}" : "";
        var span = draw.Of("1m step 10s", "10m step 1m", "1h step 30m", "24h");
        return (new DraftMeasure(name, isShare ? Shape.Share : Shape.Integer, [key], level),
            $"measure {name} = {(isShare ? "share" : "count")} of account by {key} of {source} over {span}{where}");
    }

    private (DraftMeasure, string) OverMembers(string name, int level, IReadOnlyList<DraftMeasure> measures)
    {
        var amounts = OfAccounts(measures, level).Where(m => m.Shape is Shape.Integer or Shape.Number).ToList();
        if (amounts.Count > 0 && draw.Chance(40))
        {
            var function = draw.Of("sum", "average", "min", "max");
            var amount = draw.Of(amounts);
            return (new DraftMeasure(name, function == "average" ? Shape.Number : amount.Shape, ["account"], level),
                $"measure {name} = {function} {amount.Name} of ring{(draw.Chance(30) ? $" where {OfMember(level, measures)}" : "")}");
        }
        var isShare = draw.Chance(60);
        return (new DraftMeasure(name, isShare ? Shape.Share : Shape.Integer, ["account"], level),
            $"measure {name} = {(isShare ? "share" : "count")} of ring where {OfMember(level, measures)}");
    }

    private (DraftMeasure, string) PerGroup(string name, int level)
    {
        var (function, shape) = draw.Of(
            ("count of visit", Shape.Integer), ("count of both", Shape.Integer), ("share of visit where ok", Shape.Share), ("sum n of both", Shape.Integer),
            ("average amount of pay", Shape.Number), ("min n of visit", Shape.Integer), ("max amount of pay", Shape.Number),
            ("distinct path of visit", Shape.Integer), ("top_share n of both", Shape.Share), ("entropy path of visit", Shape.Number));
        var where = !function.StartsWith("share", StringComparison.Ordinal) && draw.Chance(30)
            ? level > 0 && draw.Chance(50) ? " where account has label l0" : " where n >= 1" : "";
        var window = draw.Of("1m", "5m step 1m", "1h", "30m step 10m ending 10m ago", "24h step 1h");
        return (new DraftMeasure(name, shape, ["account"], where.Contains("label", StringComparison.Ordinal) ? Math.Max(level, 1) : level),
            $"measure {name} = {function}{where} per ring over {window}");
    }

    /// <summary>A condition upon the member in hand.</summary>
    private string OfMember(int level, IReadOnlyList<DraftMeasure> measures)
    {
        var label = level switch { 0 => null, 1 => "l0", _ => draw.Of("l0", "l1") };
        var own = OfAccounts(measures, level).Where(m => m.Shape is Shape.Integer).ToList();
        if (own.Count > 0 && draw.Chance(25)) return $"{draw.Of(own).Name} >= {draw.Between(1, 3)}";
        if (label is null || draw.Chance(25)) return $"account had label {draw.Of("l0", "l1", "l2")}";
        return $"account has label {label}{(draw.Chance(20) ? " older than 30s" : "")}{(draw.Chance(15) ? " and account had label l1" : "")}";
    }

    private static IEnumerable<DraftMeasure> OfAccounts(IReadOnlyList<DraftMeasure> measures, int level) =>
        measures.Where(m => m.Keys is ["account"] && m.Level <= level && m.Name.StartsWith('m'));

    private List<DraftMeasure> Groups(int level) => [.. _ofGroups.Where(m => m.Level <= level)];

    private string Condition(int level, int kind, IReadOnlyList<DraftMeasure> measures) => draw.Below(4) switch
    {
        0 => $"{Test(level, kind, measures)} and {Test(level, kind, measures)}",
        1 => $"({Test(level, kind, measures)} or {Test(level, kind, measures)})",
        _ => Test(level, kind, measures),
    };

    private string Test(int level, int kind, IReadOnlyList<DraftMeasure> measures)
    {
        if (draw.Chance(25)) return level > LabelWritten ? draw.Of("ring has label g0", "ring had label g0", "not ring has label g0") : "ring had label g0";
        var others = kind == 2 ? [] : OfAccounts(measures, level).Where(m => m.Shape == Shape.Integer).ToList();
        var measure = others.Count > 0 && draw.Chance(20) ? draw.Of(others) : draw.Of(Groups(level));
        return measure.Shape switch
        {
            Shape.Share => $"{measure.Name} >= {draw.Of("0%", "25%", "50%", "100%")}",
            Shape.Duration => $"{measure.Name} >= {draw.Of("0s", "30s", "10m")}",
            _ => $"{measure.Name} {draw.Of(">=", ">=", "<", "=")} {draw.Between(1, 4)}",
        };
    }

    private string Action(int level, int kind)
    {
        var where = draw.Below(4) switch
        {
            0 when level > 0 => " where account has label l0",
            1 => " where account had label l1",
            _ => "",
        };
        return draw.Below(7) switch
        {
            0 => $"suspend each account of ring{where}{draw.Of("", " at most 2 per hour")}",
            1 => $"throttle each account of ring{where} to 10 per minute for {draw.Of("30s", "5m")}",
            2 when level <= 2 => $"label each account of ring{where} as {(level <= 0 ? draw.Of("l0", "l1", "l2") : level == 1 ? draw.Of("l1", "l2") : "l2")}{draw.Of("", " for 1m")}",
            3 or 4 when level <= LabelWritten => $"label ring as g0{draw.Of("", " for 1m", " for 10m")}",
            5 => "open case for ring",
            6 when kind is 0 or 3 => "review account in \"joined\"",
            _ => "observe",
        };
    }
}
