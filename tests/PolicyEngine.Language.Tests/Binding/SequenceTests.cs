using PolicyEngine.Language.Checks;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Tests.Binding;

/// <summary>What the steps of a sequence become, and whose field a name means.</summary>
public sealed class SequenceTests
{
    private const string Basis = """
        pack p owner "o"
        entity account
        event signup { account: account  ip: ip  country: text? }
        event login { user: account  ip: ip  result: text  net = subnet(ip, 24) }
        event payment { account: account  ip: ip  amount: number  attempt.number: integer }
        event failed = login where result = "fail"
        label bot of account
        measure logins_ip = count of login per ip over 1h
        measure logins_1h = count of login per account over 1h

        """;

    private static RuleSymbol Bind(string rule)
    {
        var result = Example.Compile(Basis + rule);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity == Severity.Error).Select(DiagnosticRenderer.Concise));
        return result.Model!.Rules.Last();
    }

    private static string Error(string rule)
    {
        var error = Assert.Single(Example.Compile(Basis + rule).Diagnostics, d => d.Severity == Severity.Error);
        return $"{error.Code} {error.Span.Text}";
    }

    private static Expression Left(Expression? condition) => Assert.IsType<ComparisonExpression>(condition).Left;

    private static Expression Right(Expression? condition) => Assert.IsType<ComparisonExpression>(condition).Right;

    [Fact]
    public void Steps_stand_in_order_with_their_repeats_names_and_absences()
    {
        var rule = Bind("rule r on 5 times failed as try per account not followed by payment followed by signup within 30m until login then label account as bot");
        var sequence = Assert.IsType<SequenceTrigger>(rule.Trigger);
        Assert.Equal([("try", 5, false), ((string?)null, 1, true), ("signup", 1, false)], sequence.Steps.Select(s => (s.Name, (int)s.Times, s.IsAbsent)));
        Assert.Equal(1_800_000, sequence.Within);
        Assert.Equal(["login"], sequence.Until!.Sources.Select(s => s.Name));
        Assert.Equal(["signup"], rule.Underlying.Select(e => e.Name));
        var key = Assert.Single(sequence.Keys);
        Assert.Equal(["account", "account", "user"], key.ByEvent.Values.Cast<FieldRead>().Select(f => f.ByEvent.Values.Single().Name).Order());
    }

    [Fact]
    public void A_bare_name_is_the_field_of_its_step_and_after_the_steps_of_the_last()
    {
        var rule = Bind("rule r on signup where ip = 192.0.2.1 per account followed by login as in_ where ip != signup.ip and in_.ip = ip within 1h when logins_ip > 3 and net = in_.net then observe");
        var sequence = (SequenceTrigger)rule.Trigger;
        Assert.IsType<FieldRead>(Left(sequence.Steps[0].Where));
        var both = Assert.IsType<AndExpression>(sequence.Steps[1].Where);
        var earlier = Assert.IsType<StepRead>(Right(both.Parts[0]));
        Assert.Equal((0, "signup"), (earlier.Step, Assert.IsType<FieldRead>(earlier.Read).ByEvent.Keys.Single().Name));
        Assert.IsType<FieldRead>(Left(both.Parts[1]));
        var read = Assert.IsType<MeasureRead>(Left(rule.When[0].Condition));
        Assert.Equal("login", Assert.IsType<FieldRead>(read.Keys[0]).ByEvent.Keys.Single().Name);
        Assert.IsType<FieldRead>(Right(rule.When[1].Condition));
    }

    [Fact]
    public void An_index_of_a_step_counts_those_that_may_not_come()
    {
        var rule = Bind("rule r on signup per account not followed by login where ip = signup.ip followed by payment as paid followed by signup as again where ip = paid.ip within 1h when paid.attempt.number > 1 then observe because \"{paid.time}\"");
        var sequence = (SequenceTrigger)rule.Trigger;
        Assert.Equal(0, Assert.IsType<StepRead>(Right(sequence.Steps[1].Where)).Step);
        Assert.Equal(2, Assert.IsType<StepRead>(Right(sequence.Steps[3].Where)).Step);
        Assert.Equal("attempt.number", Assert.IsType<FieldRead>(Assert.IsType<StepRead>(Left(rule.When[0].Condition)).Read).Name);
        Assert.IsType<BuiltinRead>(Assert.IsType<StepRead>(rule.Because!.Parts[0].Hole).Read);
    }

    [Fact]
    public void After_a_deadline_the_key_and_the_kept_event_are_in_hand()
    {
        var rule = Bind("rule r on signup per account not followed by payment where ip = signup.ip within 1d when country = \"NL\" and logins_ip > 3 and logins_1h = 0 and time > signup.time then label account as bot");
        var absence = Assert.IsType<AbsenceTrigger>(rule.Trigger);
        Assert.Equal(86_400_000, absence.Within);
        Assert.IsType<StepRead>(Right(absence.Absent.Where));
        Assert.Equal(0, Assert.IsType<StepRead>(Left(rule.When[0].Condition)).Step);
        Assert.IsType<StepRead>(Assert.IsType<MeasureRead>(Left(rule.When[1].Condition)).Keys[0]);
        Assert.IsType<KeyRead>(Assert.IsType<MeasureRead>(Left(rule.When[2].Condition)).Keys[0]);
        Assert.IsType<BuiltinRead>(Left(rule.When[3].Condition));
        Assert.IsType<StepRead>(Right(rule.When[3].Condition));
        Assert.IsType<KeyRead>(Assert.IsType<LabelAct>(rule.Actions[0].Act).Target);
    }

    [Fact]
    public void A_sequence_stands_above_the_rules_it_waits_for()
    {
        var result = Example.Compile(Basis + """
            rule paid on signup per account followed by payment within 1h then observe
            rule again on paid per account followed by paid as second within 1d then observe
            rule left on again per account not followed by login where user has label bot within 1d then observe
            rule marks on each login then label user as bot
            """);
        var strata = DependencyGraph.Of(result.Model!).Strata();
        Assert.Equal([0, 1, 2, 0], result.Model!.Rules.Select(r => strata[r]));
    }

    [Fact]
    public void Exceptions_from_elsewhere_read_the_steps_too()
    {
        var rule = Bind("except for r when ip = first.ip because \"the same\"\nrule r on signup as first per account followed by payment within 1h then observe");
        Assert.IsType<StepRead>(Right(rule.Exceptions[0].When));
    }

    [Theory]
    [InlineData("rule r on signup per account followed by payment not followed by login within 1d then observe", "P2321 not followed by login")]
    [InlineData("rule r on 2 times signup per account not followed by login within 1d then observe", "P2321 not followed by login")]
    [InlineData("rule r on signup per account not followed by login not followed by payment within 1d then observe", "P2321 not followed by payment")]
    [InlineData("rule r on signup per account followed by payment within 1d until login as l then observe", "P2322 l")]
    [InlineData("rule r on signup per account followed by 0 times payment within 1d then observe", "P2323 0")]
    [InlineData("rule r on 600 times signup per account followed by 600 times payment within 1d then observe", "P2323 600 times signup per account followed by 600 times payment")]
    [InlineData("rule r on signup per account followed by signup where ip = signup.ip within 1d then observe", "P2325 signup.ip")]
    [InlineData("rule r on signup as s per account followed by payment where ip = signup.ip within 1d then observe", "P2325 signup.ip")]
    [InlineData("rule r on signup as s per account followed by payment where s within 1d then observe", "P2325 s")]
    [InlineData("rule r on signup per account followed by payment where ip = signup.place within 1d then observe", "P2009 place")]
    [InlineData("rule r on signup where ip = payment.ip per account followed by payment within 1d then observe", "P2010 payment.ip")]
    [InlineData("rule r on signup per account followed by payment within 1d until login where ip = signup.ip then observe", "P2010 signup.ip")]
    [InlineData("rule r on signup per ip followed by payment within 1d until failed then observe rearm when amount > 3", "P2308 rearm when amount > 3")]
    [InlineData("rule r on signup per amount followed by payment within 1d then observe", "P2203 amount")]
    [InlineData("rule r on signup per account followed by payment within 1d then observe because \"{amount} {result}\"", "P2003 result")]
    public void A_mistake_is_told_once_and_where_it_is(string rule, string expected) => Assert.Equal(expected, Error(rule));
}
