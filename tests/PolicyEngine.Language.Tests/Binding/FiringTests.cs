using PolicyEngine.Language.Diagnostics;

namespace PolicyEngine.Language.Tests.Binding;

/// <summary>Firings as events: of rules with an event behind them, and of those without (B7, B9, H5).</summary>
public sealed class FiringTests
{
    private const string Basis = """
        pack p owner "o"
        entity account
        entity card
        event signup { account: account  card: card }
        event login { account: account  card: card }
        label bot of account
        link ring of account over 30d by card of login
        measure logins_1h = count of login per account over 1h

        """;

    private static readonly string[] KeyOnly =
    [
        "on label bot added to account",
        "on label bot removed from account",
        "on account joins ring",
        "on every 10m per account when logins_1h > 3",
        "on signup per account not followed by login within 1d",
    ];

    private static readonly string[] WithEvent =
    [
        "on each login",
        "on login per account when logins_1h > 3",
        "on signup per account followed by login within 1d",
    ];

    private static readonly string[] Uses =
    [
        "measure m = count of {0} per account over 1h",
        "measure m = count of {0} over 1h",
        "measure m = count of login, {0} per account over 1h",
        "event kind = {0} where card = \"c\"",
        "rule s on each {0} then observe",
        "rule s on {0} per account when logins_1h > 1 then observe",
        "rule s on {0} per account followed by login within 1h then observe",
        "rule s on login per account not followed by {0} within 1h then observe",
        "rule s on signup per account followed by login within 1h until {0} then observe",
        "link pair of account over 30d by card of {0}",
    ];

    public static TheoryData<string, string> Refused => Pairs(KeyOnly);

    public static TheoryData<string, string> Accepted => Pairs(WithEvent);

    [Theory]
    [MemberData(nameof(Refused))]
    public void Nobody_counts_or_waits_for_firings_without_an_event(string trigger, string use)
    {
        var error = Assert.Single(Errors(trigger, use));
        Assert.Equal(("P2208", "r"), (error.Code, error.Span.Text));
        Assert.Equal("r", Assert.Single(error.Related).Span.Text);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Firings_with_an_event_are_events(string trigger, string use) => Assert.Empty(Errors(trigger, use).Select(DiagnosticRenderer.Concise));

    private static TheoryData<string, string> Pairs(string[] triggers)
    {
        var pairs = new TheoryData<string, string>();
        foreach (var trigger in triggers)
            foreach (var use in Uses) pairs.Add(trigger, use.Replace("{0}", "r", StringComparison.Ordinal));
        return pairs;
    }

    private static IEnumerable<Diagnostic> Errors(string trigger, string use) =>
        Example.Compile($"{Basis}{use}\nrule r {trigger} then observe").Diagnostics.Where(d => d.Severity == Severity.Error);
}
