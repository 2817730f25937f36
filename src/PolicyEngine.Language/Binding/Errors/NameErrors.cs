using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>P20xx: names that are unknown, taken, or have two meanings.</summary>
internal static class NameErrors
{
    public static Diagnostic Unknown(TextSpan span, string kind, string written, Name name, IReadOnlyList<string> known) =>
        Report.Error("P2001", span, $"there is no {kind} called `{written}`").Nearest(name, known);

    public static Diagnostic PackNotUsed(Name pack, PackSymbol here, bool exists, IEnumerable<string> visible) => exists
        ? Report.Error("P2002", pack.Span, $"the pack `{here.Name}` does not use the pack `{pack.Text}`", $"say `use {pack.Text}` beside `pack {here.Name}`")
        : Report.Error("P2002", pack.Span, $"there is no pack called `{pack.Text}`").Nearest(pack, [.. visible]);

    public static Diagnostic InUnusedPack(TextSpan span, string kind, string name, string pack) =>
        Report.Error("P2002", span, $"the {kind} `{name}` stands in the pack `{pack}`, which this pack does not use", $"say `use {pack}`");

    /// <summary>An unknown name of a value: what stands in hand decides what could have been meant.</summary>
    public static Diagnostic UnknownValue(
        TextSpan span, Path path, Hand hand, IReadOnlyList<string> known, Func<string, Symbol?> symbol, IReadOnlyList<string> elsewhere)
    {
        var error = Report.Error("P2003", span, $"there is no measure or field called `{path.Text}`");
        if (Suggestion.Nearest(path.Text, known) is { } nearest)
        {
            var what = symbol(nearest) is MeasureSymbol { Declaration.Length: > 0 } measure ? $"   ({measure.Declaration})" : "";
            return (error with { Label = $"did you mean `{nearest}`?{what}" }).Replacing(span, nearest);
        }
        if (elsewhere.Count > 0 && hand.Events.Count > 0)
            return error with { Help = $"{Report.List(elsewhere)} has such a field; here {Report.List(hand.Events.Select(e => e.Name))} is in hand" };
        if (elsewhere.Count > 0) return error with { Help = $"{Report.List(elsewhere)} has such a field, but no event is in hand here" };
        return error;
    }

    public static Diagnostic Ambiguous(TextSpan span, string name, IReadOnlyList<Symbol> found)
    {
        var error = Report.Error("P2004", span, $"`{name}` can mean {found.Count} things", $"say {string.Join(" or ", found.Select(f => $"`{f.QualifiedName}`"))}");
        return found.Aggregate(error, (e, f) => e.Beside(f.Span, $"the {Report.Kind(f)} of the pack `{f.Pack.Name}`"));
    }

    public static Diagnostic AmbiguousValue(TextSpan span, string name, IReadOnlyList<Meaning> meanings)
    {
        var error = Report.Error("P2004", span, $"`{name}` can mean {meanings.Count} things",
            $"say {string.Join(" or ", meanings.Select(m => $"`{m.Qualified}` for the {m.Kind}"))}");
        return meanings.Aggregate(error, (e, m) => e.Beside(m.Declared, $"the {m.Kind}"));
    }

    public static Diagnostic OtherKind(TextSpan span, string name, string kind, string wanted) =>
        Report.Error("P2005", span, $"`{name}` is a {kind}; here a {wanted} is needed");

    public static Diagnostic UnknownType(TextSpan span, string written, Name name, IReadOnlyList<string> known) =>
        Report.Error("P2006", span, $"there is no type or entity called `{written}`",
            "types are text, integer, number, boolean, time, duration, ip, cidr, list<…> and every entity").Nearest(name, known);

    public static Diagnostic FieldNotOnAll(TextSpan span, string name, EventSymbol carrying, IReadOnlyList<EventSymbol> lacking)
    {
        var error = Report.Error("P2007", span, $"{Report.List(lacking.Select(e => e.Name))} has no field `{name}`",
            $"`{carrying.Name}` has it; a field has to be on every event in hand");
        return lacking.Aggregate(error, (e, l) => e.Beside(l.Span, $"`{l.Name}` is declared here"));
    }

    public static Diagnostic FieldTypesDiffer(TextSpan span, string name, (EventSymbol On, PolicyType Type) left, (EventSymbol On, PolicyType Type) right) =>
        Report.Error("P2008", span,
            $"`{name}` is {Report.Describe(left.Type)} on `{left.On.Name}` and {Report.Describe(right.Type)} on `{right.On.Name}`",
            "a field read under several events has to be of one type");

    public static Diagnostic UnknownField(TextSpan span, string name, Name last, string on, IReadOnlyList<string> known) =>
        Report.Error("P2009", span, $"`{on}` has no field `{name}`").Nearest(last, known);

    public static Diagnostic EventNotInHand(TextSpan span, string name, IReadOnlyList<EventSymbol> hand) =>
        Report.Error("P2010", span, hand.Count == 0
            ? $"no event is in hand here, so `{name}` has no fields to read"
            : $"not every event in hand is a `{name}`; in hand: {Report.List(hand.Select(e => e.Name))}");

    public static Diagnostic DefineWithoutArguments(TextSpan span, string name) =>
        Report.Error("P2011", span, $"`{name}` is a define and is used with its arguments", $"write `{name}(…)`");

    public static Diagnostic NotCallable(TextSpan span, string name, string kind) =>
        Report.Error("P2011", span, $"`{name}` is a {kind} and takes no arguments", $"write `{name}` alone");

    public static Diagnostic UnknownFunction(TextSpan span, string written, Name name, IReadOnlyList<string> known) =>
        Report.Error("P2012", span, $"there is no function, define or measure called `{written}`").Nearest(name, known);

    public static Diagnostic GapOutsideMeasure(TextSpan span) =>
        Report.Error("P2013", span, "`gap` is known only in what a measure takes", "say `measure m = average gap of … per …` and read `m`");

    public static Diagnostic DeclaredTwice(TextSpan span, string kind, string name, TextSpan first) =>
        Report.Error("P2014", span, $"the {kind} `{name}` is declared twice in this pack").Beside(first, "first declared here");

    public static Diagnostic TakenByLanguage(TextSpan span, string kind, string name, string what) =>
        Report.Error("P2015", span, $"`{name}` is {what} of the language and cannot be the name of a {kind}", $"call it `my_{name}`").Replacing(span, $"my_{name}");

    public static Diagnostic FieldExtendedTwice(TextSpan span, string name, IReadOnlyList<FieldSymbol> fields)
    {
        var error = Report.Error("P2016", span, $"`{name}` was added to `{fields[0].Event.Name}` by {fields.Count} packs", "rename it in one of them");
        return fields.Aggregate(error, (e, f) => e.Beside(f.Span, $"by the pack `{(f.ExtendedBy ?? f.Event.Pack).Name}`"));
    }

    /// <summary>Adds the nearest known name as label and fix.</summary>
    private static Diagnostic Nearest(this Diagnostic error, Name name, IReadOnlyList<string> known) =>
        Suggestion.Nearest(name.Text, known) is { } nearest
            ? (error with { Label = $"did you mean `{nearest}`?" }).Replacing(name.Span, nearest)
            : error;
}
