using System.Net;
using PolicyEngine.Language.Checks;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Tests.Binding;

/// <summary>One pack that uses nearly everything, and what it becomes.</summary>
public sealed class ModelTests
{
    private static readonly PolicyModel Model = Bind();

    private static PolicyModel Bind()
    {
        var result = Example.Compile(TestCases.Read("binding/whole.policy").Text);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity == Severity.Error).Select(DiagnosticRenderer.Concise));
        return result.Model!;
    }

    private static RuleSymbol Rule(string name) => Model.Rules.Single(r => r.Name == name);

    private static MeasureSymbol Measure(string name) => Model.Measures.Single(m => m.Name == name);

    [Fact]
    public void Fields_know_where_they_arrive()
    {
        var login = Model.Events.Single(e => e.Name == "login");
        Assert.Equal("auth.login", login.OutsideName);
        Assert.Equal(["try", "count"], login.Fields.Single(f => f.Name == "attempts").OutsidePath);
        var net = login.Fields.Single(f => f.Name == "net");
        Assert.Equal(PolicyType.Cidr, net.Type);
        Assert.Equal(Function.Subnet, Assert.IsType<CallExpression>(net.Computed).Function);
    }

    [Fact]
    public void A_named_event_knows_the_events_behind_it()
    {
        Assert.Equal(["login", "payment"], Model.NamedEvents.Single(n => n.Name == "activity").Underlying.Select(e => e.Name));
        Assert.Equal(["login"], Rule("on_rule").Underlying.Select(e => e.Name));
    }

    [Fact]
    public void Measures_have_keys_windows_and_their_text()
    {
        var logins = Measure("logins");
        Assert.Equal(new Window(WindowKind.Sliding, 86_400_000, 300_000), logins.Window);
        var key = Assert.Single(logins.Keys);
        Assert.Equal("account", key.Text);
        Assert.Equal("actor", Assert.IsType<FieldRead>(key.ByEvent.Values.Single()).ByEvent.Values.Single().Name);
        Assert.Equal("count of login per account over 24h step 5m", logins.Declaration);
        Assert.Equal(3_600_000, Measure("net_accounts").Window.Length);
        Assert.Equal(TypeKind.Share, Measure("fail_share").Type.Kind);
    }

    [Fact]
    public void A_keyed_rule_is_split_into_filter_and_condition()
    {
        var rule = Rule("guessing");
        Assert.Equal([true, false, false, false], rule.When.Select(c => c.IsFilter));
        var busy = Assert.IsType<ComparisonExpression>(rule.When[3].Condition);
        Assert.True(Assert.IsType<MeasureRead>(busy.Left).Explicit);
        Assert.Equal("limit", Assert.IsType<LiteralExpression>(busy.Right).LetName);
        Assert.NotNull(rule.Rearm);
        Assert.Equal(3_600_000, rule.Once);
        Assert.Equal("guesser", rule.Formerly);
    }

    [Fact]
    public void Metadata_of_a_rule_stand_over_those_of_its_pack()
    {
        var metadata = Rule("guessing").Metadata;
        Assert.Equal(("safety", "high", Stage.Sampled, 250), (metadata.Owner, metadata.Severity, metadata.Stage, metadata.SampledShare));
        Assert.Equal(["a", "b"], metadata.Tags);
        Assert.Equal(Stage.Enforce, Rule("many").Metadata.Stage);
        Assert.True(Rule("many").FailClosed);
    }

    [Fact]
    public void Responses_have_an_argument_for_each_parameter()
    {
        var throttle = Assert.IsType<ResponseAct>(Rule("guessing").Actions[1].Act);
        Assert.Equal(1, throttle.Response.Rank);
        Assert.Equal(10 / 60.0, Assert.IsType<LiteralExpression>(throttle.Arguments[0]).Value);
        Assert.Null(throttle.Arguments[1]);
        var actions = Rule("many").Actions;
        Assert.Null(Assert.IsType<ResponseAct>(actions[0].Act).Target);
        Assert.True(Assert.IsType<ResponseAct>(actions[1].Act).Response.Also);
        Assert.Equal((500L, 3_600_000L, 3_600_000L, 21_600_000L), (actions[2].Limit, actions[2].LimitSpan, actions[2].After, actions[2].AfterTo));
    }

    [Fact]
    public void A_label_rule_and_a_sweep_read_by_their_key()
    {
        var marked = Assert.IsType<MeasureRead>(Assert.IsType<ComparisonExpression>(Rule("marked").When.Single().Condition).Left);
        Assert.Equal(0, Assert.IsType<KeyRead>(Assert.Single(marked.Keys)).Index);
        var sweep = Assert.IsType<EveryTrigger>(Rule("sweep").Trigger);
        Assert.Equal(600_000, sweep.Every);
        Assert.Equal(["login"], Assert.Single(sweep.Keys).ByEvent.Keys.Select(e => e.Name));
    }

    [Fact]
    public void Lists_hold_their_entries_by_type()
    {
        var offices = Model.Lists.Single();
        Assert.Equal([IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("198.51.100.7/32")], offices.Entries.Select(e => (IPNetwork)e.Value));
    }

    [Fact]
    public void A_test_has_its_events_and_expectations()
    {
        var test = Model.Tests.Single();
        Assert.Equal(1_769_904_000_000, test.Starting);
        Assert.Equal([240L, 3L], test.Givens.OfType<EventsGiven>().Select(g => g.Count));
        Assert.Equal(300_000, test.Givens.OfType<LabelGiven>().Single().At);
        Assert.Equal((240_000L, 360_000L, "a1"), (test.Expectations[0].From, test.Expectations[0].To, test.Expectations[0].EntityId));
        Assert.True(test.Expectations[2] is { Todo: true, No: true });
        var value = Assert.IsType<ComparisonExpression>(Assert.IsType<ValueExpected>(test.Expectations[1]).Condition);
        Assert.IsType<KeyRead>(Assert.IsType<MeasureRead>(value.Left).Keys.Single());
    }

    [Fact]
    public void Readers_stand_above_writers()
    {
        var strata = DependencyGraph.Of(Model).Strata();
        Assert.Equal(0, strata[Rule("guessing")]);
        Assert.Equal(1, strata[Rule("many")]);
        Assert.Equal(1, strata[Rule("marked")]);
        Assert.Equal(1, strata[Rule("on_rule")]);
        Assert.Equal(0, strata[Rule("sweep")]);
    }
}
