namespace PolicyEngine.Oracle.Generation;

/// <summary>Writes random measures: every aggregate over every kind of window and key that it takes.</summary>
internal sealed class MeasureWriter(Draw draw, ConditionWriter conditions, PolicyTraits traits)
{
    private static readonly string[] Spans = ["30s", "1m", "5m", "30m", "1h", "24h", "30h"];
    private static readonly string[] WithoutWindow =
        ["count", "sum", "average", "min", "max", "first", "latest", "previous", "since first", "since last"];
    private static readonly string[] Functions =
    [
        "count", "count", "count", "rate", "share", "share", "sum", "average", "min", "max", "percentile 50", "percentile 95", "variation",
        "distinct", "distinct", "entropy", "top_share", "first", "latest", "previous", "since first", "since last",
    ];

    public (DraftMeasure Measure, string Text) Write(int number, IReadOnlyList<DraftSource> sources, IReadOnlyList<DraftMeasure> measures)
    {
        var name = $"m{number}";
        var source = draw.Of(sources);
        var function = draw.Of(Functions);
        if (!traits.AccountsApart && source.Fields.Any(f => f is { Name: "account" }) && draw.Chance(8))
            return Alignment(name, source);
        var (amount, shape) = Amount(function, source, measures);
        if (amount is null && NeedsAmount(function)) (function, shape) = ("count", Shape.Integer);
        var level = source.Level;
        var where = "";
        if (function == "share" || (!function.StartsWith("since", StringComparison.Ordinal) && draw.Chance(35)))
        {
            // Half of the conditions read what rules of the first level write, so that the measure is one that follows their stratum.
            var reach = draw.Chance(50) ? level + 1 : level;
            where = " where " + conditions.Condition(new Readable(source.Fields, Carried(measures, source, reach), reach), 1);
            level = reach;
        }
        var keys = Keys(source);
        var text = $"measure {name} = {function} {Of(function, amount)}{source.Name}{where}{Per(keys)}{Window(function, amount)}";
        return (new DraftMeasure(name, shape, [.. keys.Select(k => k.Name)], level), text);
    }

    private (DraftMeasure Measure, string Text) Alignment(string name, DraftSource source)
    {
        var key = draw.Of(source.Fields.Where(f => f.Name is "n" or "path" or "net" or "card" or "hourly").ToList()).Name;
        var (slot, span) = draw.Of(("1s", "1m"), ("1s", "5m"), ("10s", "30m"), ("1m", "1h"), ("1m", "3h"));
        var text = $"measure {name} = alignment account of {source.Name} within {slot} per {key} over {span}";
        return (new DraftMeasure(name, Shape.Number, [key], source.Level), text);
    }

    /// <summary>Measures that can be read by bare name where these fields are in hand.</summary>
    public static List<DraftMeasure> Carried(IReadOnlyList<DraftMeasure> measures, DraftSource source, int level) =>
        [.. measures.Where(m => m.Level <= level && m.Keys.All(k => Carries(source, k)))];

    private static bool Carries(DraftSource source, string key) => key switch
    {
        "subnet(ip, 16)" => source.Fields.Any(f => f.Name == "ip"),
        "slot(time, 10m)" => true,
        _ => source.Fields.Any(f => f.Name == key),
    };

    private static bool NeedsAmount(string function) => !(function is "count" or "rate" or "share") && !IsSince(function);

    private static bool IsSince(string function) => function.StartsWith("since", StringComparison.Ordinal);

    private static string Of(string function, string? amount) => amount is not null ? $"{amount} of " : IsSince(function) ? "" : "of ";

    private (string? Amount, Shape Shape) Amount(string function, DraftSource source, IReadOnlyList<DraftMeasure> measures)
    {
        switch (function)
        {
            case "count": return (null, Shape.Integer);
            case "rate": return (null, Shape.Rate);
            case "share": return (null, Shape.Share);
            case "since first" or "since last": return (null, Shape.Duration);
        }
        var (amount, shape) = draw.Below(10) < 3 && function is not ("distinct" or "entropy" or "top_share" or "first" or "latest" or "previous")
            ? ("gap", Shape.Duration) : Value(function, source, measures);
        return (amount, function switch
        {
            "distinct" => Shape.Integer,
            "entropy" or "variation" => Shape.Number,
            "top_share" => Shape.Share,
            "average" when shape == Shape.Integer => Shape.Number,
            _ => shape,
        });
    }

    private (string? Amount, Shape Shape) Value(string function, DraftSource source, IReadOnlyList<DraftMeasure> measures)
    {
        var ordered = function is "sum" or "average" or "min" or "max" or "variation" || function.StartsWith("percentile", StringComparison.Ordinal);
        var fields = source.Fields.Where(f => ordered
            ? f.Shape is Shape.Integer or Shape.Number
            : f.Shape is Shape.Integer or Shape.Number or Shape.Text or Shape.Card or Shape.Account).ToList();
        var inner = Carried(measures, source, source.Level).Where(m => m.Shape == Shape.Integer).ToList();
        if (inner.Count > 0 && draw.Chance(20)) return (draw.Of(inner).Name, Shape.Integer);
        if (fields.Count == 0) return (null, Shape.Integer);
        var field = draw.Of(fields);
        return field.Shape == Shape.Integer && draw.Chance(20) ? ($"{field.Name} * 3 + 1", Shape.Integer) : (field.Name, field.Shape);
    }

    private List<DraftField> Keys(DraftSource source)
    {
        if (traits.AccountsApart || draw.Chance(55)) return [.. source.Fields.Where(f => f.Name == "account")];
        if (draw.Chance(30)) return [];
        var parts = source.Fields.Where(f => f.Name is "account" or "card" or "path" or "n" or "net" or "hourly").ToList();
        if (source.Fields.Any(f => f.Name == "ip")) parts.Add(new DraftField("subnet(ip, 16)", Shape.Cidr, true));
        parts.Add(new DraftField("slot(time, 10m)", Shape.Integer, false));
        return draw.Some(parts, draw.Between(1, 2));
    }

    private static string Per(List<DraftField> keys) => keys.Count == 0 ? "" : " per " + string.Join(", ", keys.Select(k => k.Name));

    private string Window(string function, string? amount)
    {
        if (IsSince(function)) return "";
        if (WithoutWindow.Contains(function) && draw.Chance(15)) return "";
        var span = draw.Of(Spans);
        var isPercentile = function.StartsWith("percentile", StringComparison.Ordinal);
        return draw.Below(10) switch
        {
            0 or 1 when !isPercentile => $" over {draw.Of("1m step 10s", "5m step 1m", "1h step 30m", "1h step 1m", "30m step 30m")}",
            2 when amount != "gap" => $" over {span} ending {draw.Of("1m", "30s", "1h")} ago",
            3 when !isPercentile && amount != "gap" => $" over 5m step 1m ending {draw.Of("1m", "10m")} ago",
            4 when amount != "gap" => $" over each {draw.Of("1m", "1h", "24h")}",
            5 when amount != "gap" && function != "rate" => $" over session until {draw.Of("1m", "30m")} idle",
            _ => $" over {span}",
        };
    }
}
