using PolicyEngine.DryRun.Testing;

namespace PolicyEngine.DryRun.Tests;

public sealed class TestRunnerTests : IDisposable
{
    private readonly Workspace _files = new();

    [Theory]
    [InlineData("given 3 times login every 1m { account: \"a\", result: \"no\" }\n  expect review for account \"a\" by failing at 2m")]
    [InlineData("given 3 times login every 1m { account: \"a\", result: \"no\" }\n  expect no suspend for account \"a\"")]
    [InlineData("given 3 times login every 1m { account: \"a{n}\", result: \"no\" }\n  expect nothing")]
    [InlineData("given 9 times login every 1m { account: \"a\", result: \"no\" }\n  expect failing for account \"a\" 1 times")]
    [InlineData("given 3 times login every 1m { account: \"friend\", result: \"no\" }\n  expect nothing for account \"friend\"")]
    [InlineData("given \"a\" in friends\n  given 9 times login every 1m { account: \"a\", result: \"no\" }\n  expect no failing\n  expect worse")]
    [InlineData("given 3 times login every 1m { account: \"a\", result: \"no\" }\n  expect label noisy for account \"a\" at 2h1m\n  expect no label noisy for account \"a\" at 2h2m")]
    [InlineData("given label noisy for account \"b\" at 10m\n  given login { account: \"b\" }\n  expect label noisy for account \"b\" at 1h\n  expect no label noisy for account \"b\" at 9m")]
    [InlineData("given 4 times login every 10m { account: \"a\", result: \"no\" }\n  expect value failures_1h = 4 for account \"a\" at 30m\n  expect value failures_1h = 1 for account \"a\" at 85m")]
    [InlineData("given login at 5h { account: \"a\", result: \"no\" }\n  given login at 9h { account: \"a\", result: \"no\" }\n  expect value failures_1h = 1 for account \"a\" at 9h")]
    public void What_a_test_says_is_so(string body)
    {
        var outcome = Run(body);
        Assert.Empty(outcome.Failures.Select(f => $"{f.Expected}: {f.Instead}"));
        Assert.Equal(TestVerdict.Passed, outcome.Verdict);
    }

    [Theory]
    [InlineData("expect suspend for account \"a\"", "at 2m failing decided for account \"a\": label noisy for account \"a\", review for account \"a\": \"3 failures\"")]
    [InlineData("expect review for account \"b\"", "nothing happened to it")]
    [InlineData("expect value failures_1h > 5 for account \"a\" at 2m", "failures_1h was 3")]
    [InlineData("todo expect failing for account \"a\"", "it is met now: take `todo` away")]
    public void A_failure_tells_what_happened_instead(string expectation, string instead)
    {
        var outcome = Run("given 3 times login every 1m { account: \"a\", result: \"no\" }\n  " + expectation);
        Assert.Equal(TestVerdict.Failed, outcome.Verdict);
        Assert.Contains(instead, Assert.Single(outcome.Failures).Instead, StringComparison.Ordinal);
    }

    [Fact]
    public void A_known_miss_is_reported_and_fails_nothing()
    {
        var outcome = Run("given login { account: \"a\", result: \"no\" }\n  todo expect suspend for account \"a\"");
        Assert.Equal(TestVerdict.Skipped, outcome.Verdict);
        Assert.Single(outcome.KnownMisses);
    }

    [Fact]
    public void A_test_runs_past_every_deadline()
    {
        var runner = new TestRunner(_files.Model("""
            rule silent
              on login per account not followed by login within 3d
              then label account as noisy
            test "t"
              given 3 times login every 1m { account: "a", result: "yes" }
              expect silent for account "a" 1 times
              expect label noisy for account "a" at 4d
              expect no label noisy for account "a" at 3d

            """));
        var outcome = runner.Run(Assert.Single(runner.Tests));
        Assert.Empty(outcome.Failures.Select(f => $"{f.Expected}: {f.Instead}"));
        var without = new TestRunner(_files.Model("""
            rule silent
              on login per account not followed by login within 3d
              then observe
            test "t"
              given login { account: "a", result: "yes" }
              expect silent

            """));
        Assert.Equal(TestVerdict.Passed, without.Run(Assert.Single(without.Tests)).Verdict);
    }

    private TestOutcome Run(string body)
    {
        var runner = new TestRunner(_files.Model($"test \"t\"\n  {body}\n"));
        return runner.Run(Assert.Single(runner.Tests));
    }

    public void Dispose() => _files.Dispose();
}
