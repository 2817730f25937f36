using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>P27xx: links, their groups and what is measured over them.</summary>
internal static class LinkErrors
{
    /// <summary>An event that ties members together, or counts for their group, has to say who it is about.</summary>
    public static Diagnostic NoMember(TextSpan span, string why, EntitySymbol entity, EventSymbol on, KeyResult result) =>
        result.Problem == KeyProblem.SeveralFields
            ? Report.Error("P2701", span, $"{why} the entity `{entity.Name}`, and `{on.Name}` has several: {Report.List(result.Fields.Select(f => f.Name))}",
                $"give one of them the name `{entity.Name}`, or another entity")
            : Report.Error("P2701", span, $"{why} the entity `{entity.Name}`, and `{on.Name}` has no field of it");

    public static Diagnostic NeedsStep(TextSpan span) =>
        Report.Error("P2702", span, $"`{span.Text}` cannot be cut into the usual steps", "say a step that divides it: `over 30d step 6h`");

    public static Diagnostic CapTwice(TextSpan span, bool more) =>
        Report.Error("P2703", span, $"`shared by {(more ? "more" : "fewer")} than` is said twice of one way");

    public static Diagnostic CapNumber(TextSpan span, int least) => Report.Error("P2703", span, $"here stands a whole number, {least} or more");

    public static Diagnostic FewerWithoutLabel(TextSpan span) =>
        Report.Error("P2703", span, "`without label` goes with `shared by more than`: only there members may be left out of the count");

    public static Diagnostic CapsExclude(TextSpan span) =>
        Report.Error("P2703", span, "no value can ever link: it would have to be shared by more members than it may be");

    public static Diagnostic CapLabel(TextSpan span, LabelSymbol label, LinkSymbol link) =>
        Report.Error("P2703", span, $"members of `{link.Name}` are of the entity `{link.Entity.Name}`, and `{label.Name}` is a label of `{(label.Link ?? (Symbol)label.Entity).Name}`");

    public static Diagnostic KeyBesideGroup(TextSpan span, string link) =>
        Report.Error("P2704", span, $"`{link}` stands alone as a key: the members of a group change, and what is kept for each is added up",
            "count per account and key, and read it over the members: `max … of " + link + "`");

    public static Diagnostic GroupIsNoKey(TextSpan span, string link) =>
        Report.Error("P2705", span, $"`{link}` cannot be a key here: the members of a group change", "name a field or an entity");

    public static Diagnostic LinkOrField(TextSpan span, LinkSymbol link, FieldSymbol field) =>
        Report.Error("P2004", span, $"`{link.Name}` can mean 2 things", $"say `{link.QualifiedName}` for the link, or give the field of `{field.Event.Name}` another name")
            .Beside(link.Span, "the link").Beside(field.Span, "the field");

    public static Diagnostic GroupMeasureFunction(TextSpan span, string word, string link) =>
        Report.Error("P2706", span, $"`{word}` cannot be had per `{link}`: it is made of what is kept for each member",
            "there are count, sum, average, min, max, share, distinct, top_share and entropy");

    public static Diagnostic GroupMeasureWindow(TextSpan span, string link) =>
        Report.Error("P2706", span, $"a measure per `{link}` looks back over a span", "end it with `over 24h`, or another span");

    public static Diagnostic GroupMeasureStep(TextSpan span) =>
        Report.Error("P2706", span, "a measure of a group is kept in steps of a second or more, and its span and offset are whole numbers of them");

    public static Diagnostic OverMembersFunction(TextSpan span, string word, string link) =>
        Report.Error("P2707", span, $"`{word}` cannot be had over the members of `{link}`", "there are count, share, sum, average, min and max");

    public static Diagnostic OverMembersHasNo(TextSpan span, string link, string what) =>
        Report.Error("P2707", span, $"the members of `{link}` are those of now, so it takes no {what}");

    public static Diagnostic AroundHasKey(TextSpan span) =>
        Report.Error("P2708", span, "it is kept per the value that stands behind `by`, and takes no `per`");

    public static Diagnostic AroundWindow(TextSpan span) =>
        Report.Error("P2708", span, "who is around a value is seen over a span up to now", "write `over 30d`, with a `step` if need be");

    public static Diagnostic AlignmentNeedsKey(TextSpan span) =>
        Report.Error("P2709", span, "`alignment` needs `per`: it compares those who share a key");

    public static Diagnostic AlignmentWindow(TextSpan span) =>
        Report.Error("P2709", span, "`alignment` looks back over a span up to now, in blocks of 60 slots", "write `over 24h`, without a step or an offset");

    public static Diagnostic AlignmentBlocks(TextSpan span, long length, long slot) =>
        Report.Error("P2709", span, $"the span {Report.Duration(length)} is not a whole number of blocks of 60 slots of {Report.Duration(slot)}");

    public static Diagnostic NoGroupInHand(TextSpan span, LinkSymbol link, KeyResult result) => result.Problem == KeyProblem.SeveralFields
        ? Report.Error("P2710", span, $"`{link.Name}` is the group of the `{link.Entity.Name}` in hand, and there are several: {Report.List(result.Fields.Select(f => f.Name))}",
            $"say whose: `{link.Name}({result.Fields[0].Name})`")
        : Report.Error("P2710", span, $"`{link.Name}` is the group of the `{link.Entity.Name}` in hand, and there is none here");

    public static Diagnostic GroupOfMember(TextSpan span, LinkSymbol link) =>
        Report.Error("P2711", span, $"here each `{link.Entity.Name}` is looked at by itself, and not its `{link.Name}`", "ask for its labels, scores and measures");

    public static Diagnostic UponGroup(TextSpan span, LinkSymbol link) =>
        Report.Error("P2712", span, "a response acts on the members of a group, not on the group", $"say `each {link.Entity.Name} of {link.Name}`")
            .Replacing(span, $"each {link.Entity.Name} of {link.Name}");

    public static Diagnostic OtherMember(TextSpan span, LinkSymbol link) =>
        Report.Error("P2713", span, $"`{link.Name}` links the entity `{link.Entity.Name}`").Replacing(span, link.Entity.Name);

    public static Diagnostic NoLink(Path path, IEnumerable<string> known)
    {
        var error = Report.Error("P2713", path.Span, $"there is no link called `{path.Text}`");
        return Suggestion.Nearest(path.Text, known) is { } nearest ? (error with { Label = $"did you mean `{nearest}`?" }).Replacing(path.Span, nearest) : error;
    }

    public static Diagnostic LabelOfGroup(TextSpan span, LabelSymbol label) =>
        Report.Error("P2714", span, $"`{label.Name}` is a label of the groups of `{label.Link!.Name}`", $"ask a group: `{label.Link.Name} has label {label.Name}`");

    public static Diagnostic LabelOfNoGroup(TextSpan span, LabelSymbol label, LinkSymbol link) =>
        Report.Error("P2714", span, $"`{label.Name}` is a label of `{(label.Link ?? (Symbol)label.Entity).Name}`, and this is a group of `{link.Name}`");

    public static Diagnostic GroupLabelTrigger(TextSpan span, LabelSymbol label) =>
        Report.Error("P2714", span, $"groups merge and split, so no moment is told at which one got the label `{label.Name}`",
            $"ask `{label.Link!.Name} has label {label.Name}` in a rule on events, on joining or on `every`");

    public static Diagnostic GroupLabelInTest(TextSpan span, LabelSymbol label) =>
        Report.Error("P2714", span, $"`{label.Name}` is a label of the groups of `{label.Link!.Name}`, and in a test they have no name",
            $"leave out `for`, or expect what follows from the label");

    public static Diagnostic PartOfNoAlignment(TextSpan span, string measure, string part) =>
        Report.Error("P2715", span, $"`.{part}` is a part of an `alignment`, and `{measure}` is none");

    public static Diagnostic UnknownProperty(Name name, string link) =>
        Report.Error("P2715", name.Span, $"a group has no `{name.Text}`", $"there are `{link}.size`, `{link}.reasons`, `{link}.id` and `{link}.age`");

    public static Diagnostic FieldHoldsGroup(TextSpan span) =>
        Report.Error("P2716", span, "a field cannot hold a group: its members change", "let it hold what is asked of the group, such as its size");
}
