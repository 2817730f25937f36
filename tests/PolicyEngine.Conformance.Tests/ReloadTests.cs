using System.Text.Json.Nodes;

namespace PolicyEngine.Conformance.Tests;

/// <summary>What a changed pack takes over from the one before (J3, J5, J6). The oracle knows nothing of reloads.</summary>
public sealed class ReloadTests
{
    private const string Pack = """
        pack t
          stage enforce
        entity account
        event visit { account: account  n: integer }
        responses {
          suspend  account for duration?
          throttle account for duration
        }
        label seen of account
        score risk of account halves every 1h
        list names: text = []
        measure visits = count of visit per account over 1h

        """;

    private const string Readers = """
        rule would_see
          on each visit
          when n = 9
          then observe
          because "{risk}"
          stage shadow
        rule would_test
          on each visit
          when n = 9 and (account has label seen or "x" in names)
          then observe
          stage shadow

        """;

    private const string Writer = """
        rule writer
          on each visit
          when n = 1
          then label account as seen,
               add 5 to risk of account,
               add "x" to names

        """;

    private const string Other = """
        rule other
          on each visit
          when n = 2
          then label account as seen,
               add 2 to risk of account,
               add "x" to names
          stage shadow

        """;

    private static string[] Rules(List<JsonNode> decisions) => [.. decisions.Select(d => d["rule"]!.GetValue<string>())];

    private static string Outcome(JsonNode decision) => decision["responses"]![0]!["outcome"]!.GetValue<string>();

    [Fact]
    public void PromotionDropsWhatTheRuleDidWithoutEffect()
    {
        using var run = new Session(Pack + Readers + Writer + "  stage shadow\n");
        run.Visit(0, 1);
        Assert.Equal(["would_see", "would_test"], Rules(run.Visit(0, 9)));
        run.Activate(Pack + Readers + Writer);
        var seen = run.Visit(0, 9);
        Assert.Equal(["would_see"], Rules(seen));
        Assert.Equal("0", seen[0]["because"]!.GetValue<string>());
    }

    [Fact]
    public void PromotionLeavesWhatOtherRulesDid()
    {
        using var run = new Session(Pack + Readers + Other + Writer + "  stage shadow\n");
        run.Visit(0, 1);
        run.Visit(0, 2);
        run.Activate(Pack + Readers + Other + Writer + "  stage sampled 10%\n");
        var seen = run.Visit(0, 9);
        Assert.Equal(["would_see", "would_test"], Rules(seen));
        Assert.Equal("2", seen[0]["because"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("", "  stage shadow\n")]
    [InlineData("  stage shadow\n", "  stage shadow\n")]
    [InlineData("  stage sampled 20%\n", "  stage sampled 10%\n")]
    public void DemotionDropsNothing(string before, string after)
    {
        using var run = new Session(Pack + Readers + Writer + before);
        run.Visit(0, 1);
        run.Activate(Pack + Readers + Writer + after);
        var seen = run.Visit(0, 9);
        Assert.Equal(["would_see", "would_test"], Rules(seen));
        Assert.Equal("5", seen[0]["because"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  once in 24h\n")]
    public void AKeyHeldWithoutEffectFiresAgainAfterPromotion(string once)
    {
        var rule = $"rule busy\n  on visit per account\n  when visits >= 2\n  then suspend account for 1h\n{once}";
        using var run = new Session(Pack + rule + "  stage shadow\n");
        run.Visit(0, 1);
        Assert.Equal(["busy"], Rules(run.Visit(1, 1)));
        Assert.Empty(run.Visit(2, 1));
        run.Activate(Pack + rule);
        var fired = run.Visit(3, 1);
        Assert.Equal("carried_out", Outcome(Assert.Single(fired)));
        run.Activate(Pack + rule + "  stage shadow\n");
        run.Activate(Pack + rule);
        Assert.Empty(run.Visit(4, 1));
    }

    [Fact]
    public void PromotionDropsWhatIsStillToComeWithoutEffect()
    {
        var rule = "rule writer\n  on each visit\n  when n = 1\n  then label account as seen after 10m\n";
        using var run = new Session(Pack + Readers + rule + "  stage shadow\n");
        run.Visit(0, 1);
        run.Activate(Pack + Readers + rule);
        Assert.Equal(["would_see"], Rules(run.Visit(20, 9)));
    }

    /// <summary>Everything is declared in another place: numbers of entities, labels, responses and rules are others.</summary>
    [Fact]
    public void ResponsesAndDelaysOutliveNewNumbers()
    {
        const string rules = """
            rule strong
              on each visit
              when n = 1
              then suspend account for 2h
            rule weak
              on each visit
              when n = 2
              then throttle account for 1h
            rule slow
              on each visit
              when n = 3
              then label account as seen for 10m after 30m
            rule seen_off
              on label seen removed from account
              then observe

            """;
        const string before = """
            pack t
              stage enforce
            entity host
            event alive { host: host }
            label up of host
            rule hello
              on each alive
              then label host as up for 1m
            rule bye
              on label up removed from host
              then observe

            """;
        using var run = new Session(Pack + rules);
        run.Visit(0, 1);
        run.Visit(0, 3);
        var declared = Pack.Replace("pack t\n  stage enforce\n", "", StringComparison.Ordinal)
            .Replace("suspend  account", "stop  account\n  suspend  account", StringComparison.Ordinal);
        run.Activate(before + declared + "rule above\n  on each visit\n  when n = 8\n  then stop account\n" + rules);
        Assert.Equal("overridden", Outcome(Assert.Single(run.Visit(1, 2))));
        Assert.Equal(["slow"], Rules(run.Visit(31, 5)));
        Assert.Equal(["seen_off"], Rules(run.Visit(45, 5)));
    }

    [Fact]
    public void ARuleThatComesToBeAboutSomethingElseBeginsAnew()
    {
        const string two = "pack t\n  stage enforce\nentity account\nentity card\nevent visit { account: account  card: card  n: integer }\n";
        using var run = new Session(two + "measure seen = count of visit per account over 1h\nrule busy\n  on visit per account\n  when seen >= 1\n  then observe\n");
        Assert.Single(run.Visit(0, 1, "a\",\"card\":\"c"));
        run.Activate(two + "measure seen = count of visit per card over 1h\nrule busy\n  on visit per card\n  when seen >= 1\n  then observe\n");
        Assert.Single(run.Visit(1, 1, "a\",\"card\":\"c"));
    }
}
