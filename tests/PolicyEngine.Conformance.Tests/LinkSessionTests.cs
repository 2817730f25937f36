using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Conformance.Tests;

/// <summary>
/// Links, labels and steps over changes of a pack (J5, J6), and the cap of edges (L2): what is defined as before goes on under whatever
/// numbers it has now, the rest begins empty.
/// </summary>
public sealed class LinkSessionTests
{
    private const string Head = "pack t\n  stage enforce\n";

    private const string Declared = """
        entity account
        event visit { account: account  card: text?  n: integer }
        event ping { account: account  n: integer }
        label bad of account

        """;

    private const string Ring = "link ring of account over 4h step 1h by card of visit\n";

    private const string Groups = """
        label confirmed of ring
        measure bad_share = share of ring where account has label bad
        measure calls = count of visit per ring over 24h step 1h
        rule mark
          on each visit
          when n = 7
          then label account as bad, label ring as confirmed
        rule show
          on each ping
          then observe
          because "{ring.size} {bad_share} {calls}"
        rule known
          on each ping
          when ring has label confirmed
          then observe

        """;

    private const string Before = """
        entity host
        event alive { host: host  card: text? }
        label up of host
        link farm of host over 4h step 1h by card of alive
        label big of farm
        measure beats = count of alive per farm over 24h step 1h
        measure up_share = share of farm where host had label up
        rule hello
          on each alive
          when beats > 3 and up_share < 50% and not farm had label big
          then label host as up, label farm as big

        """;

    private static Session Ringed(EngineLimits? limits = null)
    {
        var session = new Session(Head + Declared + Ring + Groups, limits);
        session.Send("visit", 0, "a", "\"card\":\"c\",\"n\":0");
        session.Send("visit", 1, "b", "\"card\":\"c\",\"n\":7");
        Assert.Equal("known; 2 50% 2", session.Said("ping", 2, "a"));
        return session;
    }

    [Fact]
    public void GroupsTheirLabelsAndMeasuresOutliveNewNumbers()
    {
        using var session = Ringed();
        session.Activate(Head + Before + Declared + Ring + Groups);
        Assert.Equal("known; 2 50% 2", session.Said("ping", 3, "a"));
        session.Send("visit", 4, "d", "\"card\":\"c\",\"n\":7");
        Assert.Equal("known; 3 66.7% 3", session.Said("ping", 5, "a"));
        Assert.Equal("unknown unknown unknown", session.Said("ping", 300, "a"));
    }

    [Fact]
    public void ALinkThatTiesOtherwiseBeginsEmptyAndLabelsStay()
    {
        using var session = Ringed();
        session.Activate(Head + Declared + "link ring of account over 4h step 1h by card of visit unless shared by more than 3\n" + Groups);
        Assert.Equal("unknown unknown unknown", session.Said("ping", 3, "a"));
        session.Send("visit", 4, "a", "\"card\":\"c\",\"n\":0");
        session.Send("visit", 5, "b", "\"card\":\"c\",\"n\":0");
        Assert.StartsWith("2 50%", session.Said("ping", 6, "a"), StringComparison.Ordinal);
    }

    [Fact]
    public void ALabelMeansTheSameUnderAnotherSentenceAndAfterAPackWithoutIt()
    {
        const string rule = "rule seen\n  on each ping\n  when account has label bad\n  then observe\n";
        const string mark = "rule mark\n  on each visit\n  when n = 7\n  then label account as bad\n";
        var other = Declared.Replace("label bad of account", "label worse of account\nlabel bad of account \"did it\"", StringComparison.Ordinal);
        using var session = new Session(Head + Declared + mark + rule);
        session.Visit(0, 7);
        session.Activate(Head + other + rule);
        Assert.Equal("seen", session.Said("ping", 1, "a"));
        session.Activate(Head + "entity account\nevent ping { account: account  n: integer }\nrule heard\n  on each ping\n  then observe\n");
        Assert.Equal("heard", session.Said("ping", 2, "a"));
        session.Activate(Head + Declared + mark + rule);
        Assert.Equal("seen", session.Said("ping", 3, "a"));
    }

    [Theory]
    [InlineData("within 1h", "within 1h", "done")]
    [InlineData("within 1h", "within 1h when n >= 0", "done")]
    [InlineData("within 1h", "within 2h", "")]
    public void StepsGoOnWhereTheyAreTheSame(string before, string after, string due)
    {
        const string rule = "rule done\n  on visit per account followed by ping ";
        using var session = new Session(Head + Declared + rule + before + "\n  then observe\n");
        session.Visit(0, 1);
        session.Activate(Head + Before + Declared + rule + after + "\n  then observe\n");
        Assert.Equal(due, session.Said("ping", 1, "a"));
    }

    [Theory]
    [InlineData("30m", "gone")]
    [InlineData("40m", "")]
    public void DeadlinesStandWhereTheyAreTheSame(string after, string due)
    {
        const string rule = "rule gone\n  on visit per account not followed by ping within ";
        using var session = new Session(Head + Declared + rule + "30m\n  then observe\n");
        session.Visit(0, 1);
        session.Activate(Head + Before + Declared + rule + after + "\n  then observe\n");
        Assert.Equal(due, session.Said("ping", 50, "b"));
    }

    [Fact]
    public void EdgesBeyondTheCapAreRefusedAndTheOldestEndAtTheBoundary()
    {
        using var session = new Session(Head + Declared + Ring + Groups, new EngineLimits { EdgesPerLink = 4 });
        foreach (var account in new[] { "a", "b", "c" }) session.Send("visit", 0, account, "\"card\":\"c\",\"n\":0");
        foreach (var account in new[] { "d", "e", "f" }) session.Send("visit", 60, account, "\"card\":\"c\",\"n\":0");
        Assert.StartsWith("5 ", session.Said("ping", 61, "a"), StringComparison.Ordinal);
        Assert.StartsWith("unknown", session.Said("ping", 61, "f"), StringComparison.Ordinal);
        Assert.StartsWith("2 ", session.Said("ping", 120, "d"), StringComparison.Ordinal);
        Assert.StartsWith("unknown", session.Said("ping", 120, "a"), StringComparison.Ordinal);
        session.Send("visit", 121, "f", "\"card\":\"c\",\"n\":0");
        Assert.StartsWith("3 ", session.Said("ping", 122, "f"), StringComparison.Ordinal);
    }

    [Fact]
    public void AroundAValueTheSameCapHolds()
    {
        const string around = "measure on_card = count of account by card of visit over 4h step 1h\nrule show\n  on each visit\n  then observe\n  because \"{on_card}\"\n";
        using var session = new Session(Head + Declared + around, new EngineLimits { EdgesPerLink = 4 });
        string Seen(int minute, string account) => session.Said("visit", minute, account, "\"card\":\"c\",\"n\":0");
        Assert.Equal(["1", "2", "3"], new[] { "a", "b", "c" }.Select(a => Seen(0, a)));
        Assert.Equal(["4", "5", "5"], new[] { "d", "e", "f" }.Select(a => Seen(60, a)));
        Assert.Equal(["2", "3"], new[] { "d", "f" }.Select(a => Seen(120, a)));
    }
}
