using PolicyEngine.DryRun.Scoring;

namespace PolicyEngine.DryRun.Tests;

public sealed class ScoringTests : IDisposable
{
    private readonly Workspace _files = new();

    [Theory]
    [InlineData(450, 480, 0.912, 0.956)]
    [InlineData(450, 1690, 0.246, 0.288)]
    [InlineData(0, 10, 0, 0.278)]
    [InlineData(10, 10, 0.722, 1)]
    public void An_interval_is_that_of_Wilson(long hits, long all, double low, double high)
    {
        var interval = Interval.Of(hits, all)!.Value;
        Assert.Equal(low, interval.Low, 0.0006);
        Assert.Equal(high, interval.High, 0.0006);
        Assert.Null(Interval.Of(0, 0));
    }

    [Fact]
    public void A_truth_table_has_a_key_a_label_and_cohorts()
    {
        var truth = Truth.Read(_files.Write("t.csv", "account,kind,label,campaign\r\n\"a,1\",person,good,\r\na2,\"a \"\"b\"\"\",fraud,A\r\na3,x,,\r\n\r\n"));
        Assert.Equal("account", truth.KeyName);
        Assert.Equal(["kind", "campaign"], truth.CohortColumns);
        Assert.Equal(2, truth.Rows.Count);
        Assert.False(truth.Rows["a,1"].IsBad);
        Assert.Equal(["a \"b\"", "A"], truth.Rows["a2"].Cohorts);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("account,kind\na,b\n", "one of whose columns is `label`")]
    [InlineData("account,label\na,maybe\n", "line 2 says `maybe`")]
    [InlineData("account,label\na\n", "line 2 has 1 columns, its header 2")]
    public void A_table_that_cannot_be_used_says_why(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<InputException>(() => Truth.Read(_files.Write("t.csv", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void What_was_used_is_counted_in_events_of_the_commonest_type()
    {
        var usage = new Usage(Truth.Read(_files.Write("t.csv", "account,label\na1,fraud\na2,fraud\nquiet,fraud\ngood,benign\n")));
        usage.Add("""
            {"type":"pay","time":"1970-01-01T00:00:00.001Z","account":"a1"}
            {"more":{"account":"a2","list":[{"type":"x"}]},"account":"a1","type":"call","time":2}
            {"account":"a1","type":"call","time":"1970-01-01T00:00:00.003Z"}
            not a line
            {"account":"a1","type":"call","time":4}
            {"account":"a1","type":"call"}
            {"account":"good","type":"call","time":4}
            {"account":"a2","type":"call","time":4}
            """u8);
        var used = usage.Before(key => key == "a1" ? 4 : null);
        Assert.Equal([("a1", 2 / 3.0), ("a2", 1.0)], used.OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => (u.Key, u.Value)));
    }

    public void Dispose() => _files.Dispose();
}
