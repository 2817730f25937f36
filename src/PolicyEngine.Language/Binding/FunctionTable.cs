using System.Collections.Frozen;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Binding;

/// <summary>What a parameter of a function takes.</summary>
internal enum Takes
{
    Text, Ip, Time, Number,
    /// <summary>A number or a duration.</summary>
    Amount,
    /// <summary>Text, an entity or a list.</summary>
    Measurable,
    /// <summary>A duration longer than nothing, known when the policy is read.</summary>
    ConstantDuration,
    /// <summary>A whole number known when the policy is read.</summary>
    ConstantInteger,
    Pattern, Zone,
    /// <summary>Any values of one type.</summary>
    Same,
    /// <summary>Ordered values of one type.</summary>
    SameOrdered,
}

/// <summary>
/// A function as users call it. <paramref name="Optional"/>: so many of the last parameters may be left out;
/// <paramref name="Many"/>: the last may be repeated.
/// </summary>
internal sealed record Signature(Function Function, Takes[] Takes, string Shape, int Optional = 0, bool Many = false);

internal static class FunctionTable
{
    public static readonly FrozenDictionary<string, Signature> ByName = new Dictionary<string, Signature>(StringComparer.Ordinal)
    {
        ["normalise"] = new(Function.Normalise, [Takes.Text], "normalise(text)"),
        ["template"] = new(Function.Template, [Takes.Text], "template(text)"),
        ["similarity"] = new(Function.Similarity, [Takes.Text, Takes.Text], "similarity(text, text)"),
        ["words"] = new(Function.Words, [Takes.Text], "words(text)"),
        ["ngrams"] = new(Function.Ngrams, [Takes.Text, Takes.ConstantInteger], "ngrams(text, n)"),
        ["length"] = new(Function.Length, [Takes.Measurable], "length(x)"),
        ["occurrences"] = new(Function.Occurrences, [Takes.Text, Takes.Pattern], "occurrences(text, 'pattern')"),
        ["domain_of"] = new(Function.DomainOf, [Takes.Text], "domain_of(text)"),
        ["domains_in"] = new(Function.DomainsIn, [Takes.Text], "domains_in(text)"),
        ["subnet"] = new(Function.Subnet, [Takes.Ip, Takes.ConstantInteger], "subnet(ip, bits)"),
        ["hour_of"] = new(Function.HourOf, [Takes.Time, Takes.Zone], "hour_of(time, \"+09:00\")", Optional: 1),
        ["weekday_of"] = new(Function.WeekdayOf, [Takes.Time, Takes.Zone], "weekday_of(time, \"+09:00\")", Optional: 1),
        ["slot"] = new(Function.Slot, [Takes.Time, Takes.ConstantDuration], "slot(time, 1d)"),
        ["distance"] = new(Function.Distance, [Takes.Number, Takes.Number, Takes.Number, Takes.Number], "distance(lat, lon, lat, lon)"),
        ["number_of"] = new(Function.NumberOf, [Takes.Text], "number_of(text)"),
        ["ip_of"] = new(Function.IpOf, [Takes.Text], "ip_of(text)"),
        ["abs"] = new(Function.Abs, [Takes.Amount], "abs(x)"),
        ["round"] = new(Function.Round, [Takes.Number], "round(x)"),
        ["smaller"] = new(Function.Smaller, [Takes.SameOrdered, Takes.SameOrdered], "smaller(a, b)", Many: true),
        ["larger"] = new(Function.Larger, [Takes.SameOrdered, Takes.SameOrdered], "larger(a, b)", Many: true),
        ["first_present"] = new(Function.FirstPresent, [Takes.Same, Takes.Same], "first_present(a, b, 0)", Many: true),
    }.ToFrozenDictionary();
}
