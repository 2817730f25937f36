using PolicyEngine.Language.Diagnostics;

namespace PolicyEngine.Language.Tests.Binding;

/// <summary>A misspelt name is answered with a fix that compiles.</summary>
public sealed class FixTests
{
    public static TheoryData<string, string> Slips => new()
    {
        { "of login per account over 24h", "of logn per account over 24h" },
        { "on failed per account", "on faild per account" },
        { "fail_share >= 80%", "fail_shaer >= 80%" },
        { "busy(account)", "bussy(account)" },
        { "not ip in offices", "not ip in ofices" },
        { "account as bot", "account as bott" },
        { "risk of account\n  because", "rsik of account\n  because" },
        { "throttle account to 10", "throtle account to 10" },
        { "suspend payer", "suspend payr" },
        { "country = \"NL\"", "contry = \"NL\"" },
        { "distinct actor of", "distinct actr of" },
        { "per net over short", "per net over shrt" },
        { "label bot added to", "label bto added to" },
        { "by guessing between", "by gessing between" },
        { "expect guessing 1 times", "expect guesing 1 times" },
        { "given login every", "given lgoin every" },
        { "{ actor: \"a1\"", "{ acter: \"a1\"" },
        { "subnet(ip, 24)", "subnt(ip, 24)" },
        { "receiver: account", "receiver: acount" },
        { "suspend account for duration?", "suspend acount for duration?" },
        { "{fail_share} of {logins}", "{fail_shar} of {logins}" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public void A_misspelt_name_is_mended_by_its_fix(string right, string wrong)
    {
        var text = TestCases.Read("binding/whole.policy").Text;
        Assert.Contains(right, text, StringComparison.Ordinal);
        var misspelt = text.Replace(right, wrong, StringComparison.Ordinal);
        for (var round = 0; round < 5 && Errors(misspelt) is [var first, ..]; round++)
        {
            Assert.NotNull(first.Fix);
            misspelt = Example.Apply(first.Fix, misspelt);
        }
        Assert.Equal(text, misspelt);
    }

    [Fact]
    public void A_circle_of_a_label_is_mended_by_its_fix()
    {
        var text = TestCases.Read("translations/04-text-and-limits.policy").Text;
        var circle = Assert.Single(Errors(text));
        Assert.Empty(Errors(Example.Apply(circle.Fix!, text)));
    }

    [Fact]
    public void Negations_are_mended_by_their_fix()
    {
        foreach (var condition in new[] { "country != \"NL\"", "not country = \"NL\"", "result = \"a\" or country not in [\"NL\"]" })
        {
            var text = TestCases.Read("binding/warnings.policy").Text.Replace("CONDITION", condition, StringComparison.Ordinal);
            var warning = Assert.Single(Example.Compile(text).Diagnostics);
            Assert.Equal("P4101", warning.Code);
            Assert.Empty(Example.Codes(Example.Apply(warning.Fix!, text)));
        }
    }

    /// <summary>The files of lists are not at hand here.</summary>
    private static List<Diagnostic> Errors(string text) => [.. Example.Compile(text).Diagnostics.Where(d => d.Severity == Severity.Error && d.Code != "P2502")];
}
