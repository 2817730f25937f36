using PolicyEngine.Language.Diagnostics;

namespace PolicyEngine.Language.Tests.Binding;

/// <summary>Real rules restated in the language: each file compiles, but for what is wrong with it.</summary>
public sealed class TranslationTests
{
    /// <summary>What is wrong with these files by the laws of the language, by file: code and the text underlined.</summary>
    private static readonly Dictionary<string, string[]> Wrong = new()
    {
        // A distinct count without a window would grow for ever.
        ["translations/03-accounts.policy"] = ["P2210 distinct account of signup"],
        // A rule labels those it tests for: `had` is meant.
        ["translations/04-text-and-limits.policy"] = ["P3003 account has label rate_limited"],
        // The exceptions read a field that one of their events lacks.
        ["translations/07-containers.policy"] = ["P2003 image", "P2003 image"],
        // Of a group there is no latest value, nor an alignment: it is made of what is kept for each member.
        ["translations/08-distillation.policy"] =
            ["P2706 alignment account of exchange within 10s", "P2706 latest asn of exchange"],
    };

    public static TheoryData<string> Files => [.. TestCases.Find("translations")];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_translated_pack_compiles_but_for_what_is_wrong_with_it(string name)
    {
        var result = PolicyCompilation.Compile([TestCases.Read(name)]);
        var errors = result.Diagnostics.Where(d => d.Severity == Severity.Error);
        Assert.Equal(Wrong.GetValueOrDefault(name, []), errors.Select(d => $"{d.Code} {d.Span.Text}"));
    }
}
