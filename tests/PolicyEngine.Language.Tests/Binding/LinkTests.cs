using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Checks;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Tests.Binding;

/// <summary>Links and groups: what they become, and whose group a name means.</summary>
public sealed class LinkTests
{
    private const string Basis = """
        pack p owner "o"
        entity account
        entity card
        event payment { account: account  card: card  device: text? }
        event login { user: account  ip: ip  net = subnet(ip, 24)  ring.size: integer? }
        event transfer { sender: account  receiver: account }
        label bot of account
        label known of ring
        score risk of account halves every 7d
        responses { suspend account for duration?  allow account for duration? }
        link ring of account over 30d by card of payment by net, time of login unless shared by more than 20 without label bot unless shared by fewer than 3
        measure calls = count of login per account over 1h
        measure by_user = count of login per user over 1h
        measure calls_ring = count of login, payment per ring over 2h
        measure bots = share of ring where account has label bot

        """;

    private static PolicyModel Bind(string text)
    {
        var result = Example.Compile(Basis + text);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity == Severity.Error).Select(DiagnosticRenderer.Concise));
        return result.Model!;
    }

    private static RuleSymbol Rule(string rule) => Bind(rule).Rules.Last();

    private static MeasureSymbol Measure(string measure) => Bind($"measure m = {measure}").Measures.Single(m => m.Name == "m");

    private static Expression Left(Expression? condition) => Assert.IsType<ComparisonExpression>(condition).Left;

    [Fact]
    public void A_link_has_its_step_and_its_ways_with_caps_and_members()
    {
        var link = Assert.Single(Bind("").Links);
        Assert.Equal((2_592_000_000, 3_600_000), (link.Length, link.Step));
        Assert.Equal(["card", "net, time"], link.Ways.Select(w => w.Text));
        var (first, second) = (link.Ways[0], link.Ways[1]);
        Assert.Equal((null, null, null), (first.MoreThan, first.WithoutLabel, first.FewerThan));
        Assert.Equal((20, "bot", 3), ((int)second.MoreThan!, second.WithoutLabel!.Name, (int)second.FewerThan!));
        Assert.Equal(2, second.Keys.Count);
        Assert.Equal("user", Assert.IsType<FieldRead>(second.Members.Values.Single()).ByEvent.Values.Single().Name);
    }

    [Theory]
    [InlineData("2h", 300_000)]
    [InlineData("1d", 3_600_000)]
    [InlineData("2d step 6h", 21_600_000)]
    public void A_link_without_a_step_has_the_usual_one(string span, long step) =>
        Assert.Equal(step, Bind($"link other of account over {span} by card of payment").Links.Single(l => l.Name == "other").Step);

    [Theory]
    [InlineData("count of login per ring over 2h", 120_000)]
    [InlineData("count of login per ring over 30s", 1_000)]
    [InlineData("count of login per ring over 90s", 1_500)]
    [InlineData("count of login per ring over 7d ending 1d ago", 10_800_000)]
    [InlineData("count of login per ring over 61s", 1_220)]
    [InlineData("count of login per ring over 1h step 5m", 300_000)]
    [InlineData("alignment user of login within 10s per ip over 24h", 600_000)]
    [InlineData("share of account by card of payment over 12h where account has label bot", 1_800_000)]
    public void A_measure_of_a_group_has_a_step(string measure, long step) =>
        Assert.Equal(step, Measure(measure).Window.Step);

    [Fact]
    public void A_measure_per_group_is_keyed_by_the_group_of_each_events_account()
    {
        var key = Assert.Single(Measure("count of login, payment per ring over 2h").Keys);
        Assert.Equal("ring", key.Type.Link!.Name);
        Assert.Equal(["user", "account"], key.ByEvent.Values.Select(e => ((FieldRead)((GroupRead)e).Member).ByEvent.Values.Single().Name));
    }

    [Fact]
    public void A_measure_over_members_reads_the_member()
    {
        var measure = Measure("sum calls of ring where account has label bot and risk > 5 and by_user > 2");
        Assert.Equal("ring", measure.OverLink!.Name);
        Assert.Empty(measure.Sources);
        Assert.Equal("ring", Assert.Single(measure.Keys).Type.Link!.Name);
        Assert.IsType<MemberRead>(Assert.IsType<MeasureRead>(measure.Amount).Keys.Single());
        var parts = Assert.IsType<AndExpression>(measure.Where).Parts;
        Assert.IsType<MemberRead>(Assert.IsType<LabelTestExpression>(parts[0]).Entity);
        Assert.IsType<MemberRead>(Assert.IsType<ScoreRead>(Left(parts[1])).Entity);
        Assert.IsType<MemberRead>(Assert.IsType<MeasureRead>(Left(parts[2])).Keys.Single());
    }

    [Fact]
    public void Accounts_around_a_value_are_kept_per_value()
    {
        var measure = Measure("count of account by card, device of payment over 30d where calls > 5");
        Assert.Equal((2, "account"), (measure.Keys.Count, measure.Around!.Entity.Name));
        Assert.Single(measure.Around.Members);
        Assert.Equal(PolicyType.Integer, measure.Type);
        Assert.IsType<MemberRead>(Assert.IsType<MeasureRead>(Left(measure.Where)).Keys.Single());
    }

    [Fact]
    public void The_group_in_hand_is_that_of_the_account_in_hand()
    {
        var onEvent = Rule("rule r on each payment when ring.size > 5 and bots > 10% and calls_ring > 3 and ring has label known then open case for ring");
        Assert.All(onEvent.When, c => Assert.False(c.IsFilter));
        var size = Assert.IsType<GroupPropertyRead>(Left(onEvent.When[0].Condition));
        Assert.Equal(PolicyType.Integer.AsOptional(), size.Type);
        Assert.IsType<FieldRead>(Assert.IsType<GroupRead>(size.Group).Member);
        Assert.IsType<GroupRead>(Assert.IsType<MeasureRead>(Left(onEvent.When[1].Condition)).Keys[0]);
        Assert.IsType<GroupRead>(Assert.IsType<MeasureRead>(Left(onEvent.When[2].Condition)).Keys[0]);
        Assert.IsType<GroupRead>(Assert.IsType<LabelTestExpression>(onEvent.When[3].Condition).Entity);
        Assert.IsType<GroupRead>(Assert.IsType<OpenCaseAct>(onEvent.Actions[0].Act).Target);

        var onLabel = Rule("rule r on label bot added to account when ring.size > 5 then observe");
        Assert.IsType<KeyRead>(Assert.IsType<GroupRead>(((GroupPropertyRead)Left(onLabel.When[0].Condition)).Group).Member);

        var onJoin = Rule("rule r on account joins ring when ring.age > 5d then suspend account");
        Assert.Equal("ring", Assert.IsType<JoinTrigger>(onJoin.Trigger).Link.Name);
        Assert.IsType<KeyRead>(Assert.IsType<GroupRead>(((GroupPropertyRead)Left(onJoin.When[0].Condition)).Group).Member);

        var every = Rule("rule r on every 10m per ring when ring.size > 5 and calls_ring > 3 then label ring as known for 1d because \"{ring} {ring.reasons}\"");
        Assert.Equal("ring", Assert.IsType<EveryTrigger>(every.Trigger).Keys.Single().Type.Link!.Name);
        Assert.Equal(PolicyType.Integer, Left(every.When[0].Condition).Type);
        Assert.IsType<KeyRead>(Assert.IsType<MeasureRead>(Left(every.When[1].Condition)).Keys[0]);
        Assert.IsType<KeyRead>(Assert.IsType<LabelAct>(every.Actions[0].Act).Target);
        Assert.Equal(GroupProperty.Id, Assert.IsType<GroupPropertyRead>(every.Because!.Parts[0].Hole).Property);
    }

    [Fact]
    public void Groups_are_named_for_one_of_several_accounts_and_compare_by_equality()
    {
        var rule = Rule("rule r on each transfer when ring(sender) = ring(receiver) and calls_ring(ring(sender)) > 5 then observe");
        var comparison = Assert.IsType<ComparisonExpression>(rule.When[0].Condition);
        Assert.Equal("receiver", ((FieldRead)Assert.IsType<GroupRead>(comparison.Right).Member).Name);
        Assert.IsType<GroupRead>(Assert.IsType<MeasureRead>(Left(rule.When[1].Condition)).Keys[0]);
    }

    [Fact]
    public void Each_member_may_be_asked_before_it_is_acted_upon()
    {
        var rule = Rule("rule r on each payment when ring.size > 2 then suspend each account of ring where account has label bot and calls > 3 at most 5 per hour, label each account of ring as good\nlabel good of account");
        var each = Assert.IsType<EachMember>(Assert.IsType<ResponseAct>(rule.Actions[0].Act).Target);
        Assert.IsType<GroupRead>(each.Group);
        Assert.Equal(2, ExpressionTree.All(each.Where!).OfType<MemberRead>().Count());
        Assert.Null(Assert.IsType<EachMember>(Assert.IsType<LabelAct>(rule.Actions[1].Act).Target).Where);
    }

    [Fact]
    public void An_alignment_has_parts()
    {
        var model = Bind("measure alike = alignment account of payment within 10s per card over 24h\nrule r on each payment when alike > 5 and alike.coincidences >= 10 and alike.expected > 0.5 then observe");
        Assert.Equal(10_000, model.Measures.Single(m => m.Name == "alike").Slot);
        Assert.IsType<MeasureRead>(Left(model.Rules.Single().When[0].Condition));
        Assert.Equal(AlignmentPart.Expected, Assert.IsType<AlignmentRead>(Left(model.Rules.Single().When[2].Condition)).Part);
    }

    [Fact]
    public void A_test_may_expect_a_value_of_an_accounts_group()
    {
        var test = Bind("test \"t\" given login { user: \"a\", ip: 192.0.2.1 } expect value bots >= 20% for account \"a\" at 1h expect value ring.size >= 3 for account \"a\"").Tests.Single();
        var conditions = test.Expectations.Cast<ValueExpected>().Select(e => e.Condition).ToList();
        Assert.IsType<KeyRead>(Assert.IsType<GroupRead>(Assert.IsType<MeasureRead>(Left(conditions[0])).Keys[0]).Member);
        Assert.IsType<GroupPropertyRead>(Left(conditions[1]));
    }

    [Fact]
    public void Strata_follow_links_labels_and_members()
    {
        var model = Bind("""
            event hot = payment where account has label bot
            link tight of account over 1d by card of hot
            rule marks on each login then label user as bot
            rule sized on each payment when tight.size > 3 then label account as seen
            rule crowd on each payment when bots > 10% then observe
            rule end on each payment when all_seen > 50% then observe
            label seen of account
            measure all_seen = share of account by card of payment over 1d where account has label seen
            """);
        var strata = DependencyGraph.Of(model).Strata();
        Assert.Equal([("marks", 0), ("sized", 1), ("crowd", 1), ("end", 2)], model.Rules.Select(r => (r.Name, strata[r])));
    }

    [Theory]
    [InlineData("rule r on each payment when ring.size > 2 then label account as bot", "link `ring` waits for itself within one event: link `ring` -> label `bot` -> rule `r` -> link `ring`")]
    [InlineData("label seen of account\nmeasure guilt = share of account by card of payment over 1d where account has label seen\nrule r on each payment when guilt > 20% then label account as seen", "measure `guilt` waits for itself within one event: measure `guilt` -> label `seen` -> rule `r` -> measure `guilt`")]
    public void A_circle_through_a_group_prints_its_path(string rule, string message)
    {
        var error = Assert.Single(Example.Compile(Basis + rule).Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal(("P3003", message), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("link l of account over 1d by card of payment unless shared by more than 3 unless shared by more than 4", "P2703 unless shared by more than 4")]
    [InlineData("link l of account over 1d by card of payment unless shared by fewer than 1", "P2703 1")]
    [InlineData("link l of account over 1d by card of payment unless shared by fewer than 5 without label bot", "P2703 bot")]
    [InlineData("link l of account over 1d by card of payment unless shared by fewer than 5 unless shared by more than 3", "P2703 unless shared by fewer than 5")]
    [InlineData("link l of card over 1d by device of payment unless shared by more than 5 without label bot", "P2703 bot")]
    [InlineData("link l of account over 1d by card of payment unless shared by more than 5 without label known", "P2703 known")]
    [InlineData("link l of account over 1d step 7m by card of payment", "P2212 7m")]
    [InlineData("link l of card over 1d by net of login", "P2701 login")]
    [InlineData("link l of account over 1d by ring of payment", "P2705 ring")]
    [InlineData("link l of acount over 1d by card of payment\nrule r on each payment when l.size > 3 then observe", "P2001 acount")]
    [InlineData("link l of acount over 1d by card of payment\nmeasure m = count of l where account has label bot", "P2001 acount")]
    [InlineData("measure m = count of acount by card of payment over 1d where acount has label bot", "P2001 acount")]
    [InlineData("test \"t\" given login { user: \"a\", ip: 192.0.2.1 } expect label known for account \"a\"", "P2714 known")]
    [InlineData("measure m = count of payment per ring, account over 1d", "P2704 ring")]
    [InlineData("measure m = count of payment per ring over each 1d", "P2706 over each 1d")]
    [InlineData("measure m = rate of payment per ring over 1d", "P2706 rate of payment")]
    [InlineData("measure m = count of payment per ring over 1d step 500ms", "P2706 500ms")]
    [InlineData("measure m = count of payment per ring over 999ms", "P2706 999ms")]
    [InlineData("measure m = distinct account of ring", "P2707 distinct account of ring")]
    [InlineData("measure m = count of ring per account", "P2707 account")]
    [InlineData("measure m = count of ring where user = \"a\"", "P2003 user")]
    [InlineData("measure m = count of account by card of payment over 1d ending 1d ago", "P2708 over 1d ending 1d ago")]
    [InlineData("measure m = count of account by card of payment per card over 1d", "P2708 card")]
    [InlineData("measure m = count of account by ring of payment over 1d", "P2705 ring")]
    [InlineData("measure m = count of account by card of payment over 1d where device = \"x\"", "P2003 device")]
    [InlineData("measure m = alignment user of login within 10s over 1d", "P2709 alignment user of login within 10s")]
    [InlineData("measure m = alignment user of login within 10s per ring over 1d", "P2706 alignment user of login within 10s")]
    [InlineData("measure m = alignment user of login within 10s per ip over 1d step 1h", "P2709 over 1d step 1h")]
    [InlineData("rule r on each payment when calls.expected > 3 then observe", "P2715 calls.expected")]
    [InlineData("rule r on each login when ring.size > 3 then observe", "P2004 ring.size")]
    [InlineData("rule r on every 1h per ring, account then observe", "P2704 ring")]
    [InlineData("rule r on label known added to account then observe", "P2714 known")]
    [InlineData("rule r on each payment then label account as known", "P2714 account")]
    [InlineData("rule r on each payment then label ring as bot", "P2712 ring")]
    [InlineData("rule r on each payment when ring has label bot then observe", "P2714 ring")]
    [InlineData("rule r on each payment then suspend each card of ring", "P2713 card")]
    [InlineData("rule r on each payment then suspend each account of rng", "P2713 rng")]
    [InlineData("rule r on each transfer then suspend each account of ring", "P2710 ring")]
    [InlineData("rule r on each payment then suspend each account of ring where ring.size > 3", "P2711 ring.size")]
    [InlineData("rule r on each payment when ring < ring then observe", "P2105 ring < ring")]
    [InlineData("rule r on payment per ring when device = \"x\" then observe", "P2303 device = \"x\"")]
    [InlineData("test \"t\" given label known for account \"a\" expect nothing", "P2714 known")]
    public void A_mistake_is_told_once_and_where_it_is(string text, string expected)
    {
        var error = Assert.Single(Example.Compile(Basis + text).Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal(expected, $"{error.Code} {error.Span.Text}");
    }
}
