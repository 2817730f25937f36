using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>Shorthand for building diagnostics and for wording that they share.</summary>
internal static class Report
{
    public static Diagnostic Error(string code, TextSpan span, string message, string? help = null, string? label = null) =>
        new(code, Severity.Error, message, span) { Help = help, Label = label };

    public static Diagnostic Warning(string code, TextSpan span, string message, string? help = null, string? label = null) =>
        new(code, Severity.Warning, message, span) { Help = help, Label = label };

    public static Diagnostic Replacing(this Diagnostic diagnostic, TextSpan span, string text, bool safe = false) =>
        diagnostic with { Fix = new Fix($"replace `{span.Text}` by `{text}`", [new TextEdit(span, text)], safe) };

    public static Diagnostic Inserting(this Diagnostic diagnostic, TextSpan at, string text, bool safe = false) =>
        diagnostic with { Fix = new Fix($"insert `{text.Trim()}`", [new TextEdit(at with { Length = 0 }, text)], safe) };

    public static Diagnostic Beside(this Diagnostic diagnostic, TextSpan span, string message) =>
        span.Source is null ? diagnostic : diagnostic with { Related = [.. diagnostic.Related, new RelatedPlace(span, message)] };

    /// <summary>`a`, `b` and `c`</summary>
    public static string List(IEnumerable<string> names)
    {
        var quoted = names.Select(n => $"`{n}`").ToList();
        return quoted.Count < 2 ? string.Concat(quoted) : $"{string.Join(", ", quoted.SkipLast(1))} and {quoted[^1]}";
    }

    /// <summary>A type as a thing in a sentence: "a duration", "text", "the entity `account`".</summary>
    public static string Describe(PolicyType type) => type.Kind switch
    {
        TypeKind.Text => "text",
        TypeKind.Time => "a moment in time",
        TypeKind.Ip => "an address",
        TypeKind.Cidr => "an address range",
        TypeKind.Integer => "a whole number",
        TypeKind.Boolean => "true or false",
        TypeKind.Entity => $"the entity `{type.Entity!.Name}`",
        TypeKind.List => $"a list of {type.Element!.AsPresent()}",
        TypeKind.Group => "a group",
        TypeKind.Error => "something unknown",
        _ => $"a {type.AsPresent()}",
    };

    /// <summary>What a symbol is, in the user's words.</summary>
    public static string Kind(Symbol symbol) => symbol switch
    {
        EntitySymbol => "entity",
        RuleSymbol => "rule",
        EventSource => "event",
        LabelSymbol => "label",
        ListSymbol => "list",
        LetSymbol => "let",
        DefineSymbol => "define",
        ScoreSymbol => "score",
        MeasureSymbol => "measure",
        ResponseSymbol => "response",
        LinkSymbol => "link",
        _ => "declaration",
    };

    public static string Duration(long milliseconds) => milliseconds switch
    {
        0 => "0s",
        _ when milliseconds % 604_800_000 == 0 => $"{milliseconds / 604_800_000}w",
        _ when milliseconds % 86_400_000 == 0 => $"{milliseconds / 86_400_000}d",
        _ when milliseconds % 3_600_000 == 0 => $"{milliseconds / 3_600_000}h",
        _ when milliseconds % 60_000 == 0 => $"{milliseconds / 60_000}m",
        _ when milliseconds % 1_000 == 0 => $"{milliseconds / 1_000}s",
        _ => $"{milliseconds}ms",
    };
}
