using System.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Syntax;

public sealed class RecoveryTests
{
    [Fact]
    public void Statements_around_a_broken_one_are_kept_and_its_name_is_known()
    {
        var result = Parse("entity a\nmeasure broken = count exchange per a\nlet limit = 3\nrule bad\n  on each\nrule good on each e then observe\n");
        Assert.Equal(["EntityStatement", "LetStatement", "RuleStatement"], result.File.Statements.Select(s => s.GetType().Name));
        Assert.Equal(["bad", "broken"], result.BrokenNames.Order(StringComparer.Ordinal));
        Assert.Equal(2, result.Diagnostics.Count);
    }

    [Fact]
    public void An_error_on_the_same_line_hides_nothing_on_other_lines() =>
        Assert.Equal([1, 2, 3], Parse("let = 1\nlet = 2\nlet = 3\nlet x = 4\n").Diagnostics.Select(d => d.Span.Source!.Position(d.Span.Start).Line));

    [Fact]
    public void A_mended_mistake_leaves_the_statement_in_the_tree() =>
        Assert.Equal(7 * 86_400_000L, Assert.IsType<DurationLiteral>(Assert.IsType<LetStatement>(Assert.Single(Parse("let x = 7days").File.Statements)).Value).Milliseconds);

    /// <summary>Lines mean nothing: what is a statement's start elsewhere may be a field wherever the lines end.</summary>
    [Theory]
    [InlineData("event e {\na:\nevent b: text }\n")]
    [InlineData("measure m = sum\nscore of e\n")]
    [InlineData("rule r on each e then block\nevent to 5\n")]
    [InlineData("rule\nr\non\neach\ne\nthen\nlabel\naccount\nas\nbot\n")]
    [InlineData("let x =\nrule\n+\nlabel.test\n")]
    public void Lines_may_end_anywhere(string text) => Assert.Empty(Parse(text).Diagnostics.Select(d => d.Message));

    [Fact]
    public void A_pack_of_a_hundred_rules_is_read_without_growing_out_of_proportion()
    {
        var rules = string.Concat(Enumerable.Range(0, 100).Select(i => $$"""
            measure requests_{{i}} = count of exchange where cot_score >= 0.7 and task in ["coding", "vision"] per account over 24h step 5m
            rule rule_{{i}} "Title {{i}}"
              on exchange per account
              when requests_{{i}} >= 100 and (fresh(account) or account has label harvester older than 1h) and not org in trusted_orgs
              except when org in trusted_orgs until 2027-03-31 because "evaluation contracts"
              then label account as harvester for 7d, throttle account to 10 per minute for 1h
              because "{requests_{{i}}} requests"
              once in 24h

            """));
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 10; i++)
        {
            var watch = Stopwatch.StartNew();
            Assert.Equal(200, Parse(rules).File.Statements.Count);
            if (watch.Elapsed < best) best = watch.Elapsed;
        }
        // A debug build on a busy machine; this guards against growth out of proportion, benchmarks watch the time itself.
        Assert.InRange(best.TotalMilliseconds, 0, 1500);
    }

    [Fact]
    public void Many_threads_read_the_same() =>
        Parallel.For(0, 64, i => Assert.Empty(PolicyParser.Parse(TestCases.Read("translations/08-distillation.policy")).Diagnostics));

    private static ParseResult Parse(string text) => PolicyParser.Parse(new SourceText("a.policy", text));
}
