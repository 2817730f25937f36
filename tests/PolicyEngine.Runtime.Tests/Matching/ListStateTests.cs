using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Tests.Matching;

/// <summary>Lists as state: edits, ends, the two views, and what a new plan keeps.</summary>
public sealed class ListStateTests
{
    private static readonly Value A = Value.OfText("a"u8.ToArray());
    private static readonly Value B = Value.OfText("b"u8.ToArray());

    [Fact]
    public void An_entry_is_there_until_exactly_its_end()
    {
        var list = Texts("a");
        list.Add(B, 100, "rule", "why", View.Enforced);
        Assert.True(list.Contains(B, 99, View.Enforced));
        Assert.False(list.Contains(B, 100, View.Enforced));
        Assert.True(list.Contains(A, 100, View.Enforced));
        Assert.Equal("rule", list.Match(B, 99, View.Enforced)!.Origin(99, View.Enforced).Source);
    }

    [Fact]
    public void Added_again_the_later_end_stays()
    {
        var list = Texts();
        list.Add(A, 100, null, null, View.Enforced);
        list.Add(A, 50, null, null, View.Enforced);
        Assert.True(list.Contains(A, 99, View.Enforced));
        list.Add(A, null, null, null, View.Enforced);
        Assert.True(list.Contains(A, long.MaxValue - 1, View.Enforced));
    }

    [Fact]
    public void A_removed_entry_of_the_plan_comes_back_for_as_long_as_it_is_added()
    {
        var list = Texts("a");
        list.Remove(A, null, null, View.Enforced);
        Assert.False(list.Contains(A, 0, View.Enforced));
        list.Add(A, 10, null, null, View.Enforced);
        Assert.True(list.Contains(A, 9, View.Enforced));
        Assert.False(list.Contains(A, 10, View.Enforced));
    }

    [Fact]
    public void Only_shadow_rules_see_what_shadow_rules_did()
    {
        var list = Texts("a");
        list.Remove(A, "s", null, View.Shadow);
        list.Add(B, null, "s", null, View.Shadow);
        Assert.True(list.Contains(A, 0, View.Enforced));
        Assert.False(list.Contains(A, 0, View.Shadow));
        Assert.False(list.Contains(B, 0, View.Enforced));
        Assert.True(list.Contains(B, 0, View.Shadow));
        list.DropShadow("s");
        Assert.True(list.Contains(A, 0, View.Shadow));
        Assert.False(list.Contains(B, 0, View.Shadow));
    }

    [Fact]
    public void What_is_enforced_later_counts_in_both_views()
    {
        var list = Texts("a");
        list.Remove(A, "s", null, View.Shadow);
        list.Add(A, null, null, null, View.Enforced);
        Assert.True(list.Contains(A, 0, View.Shadow));
        list.Add(B, null, "s", null, View.Shadow);
        list.Remove(B, null, null, View.Enforced);
        Assert.False(list.Contains(B, 0, View.Shadow));
    }

    [Fact]
    public void Case_is_ignored_by_the_list_or_by_the_test()
    {
        var folding = new ListState(new ListPlan(0, "l", ValueKind.Text, -1, true, [TestGraph.Text("Äa")], false));
        Assert.True(folding.Contains(Value.OfText("äA"u8.ToArray()), 0, View.Enforced));
        var exact = Texts("Äa");
        var other = Value.OfText("äA"u8.ToArray());
        Assert.False(exact.Contains(other, 0, View.Enforced));
        Assert.True(exact.ContainsFolded(other, 0, View.Enforced));
    }

    [Fact]
    public void Networks_answer_by_the_longest_prefix()
    {
        var list = new ListState(new ListPlan(0, "l", ValueKind.Cidr, -1, false, [Network("10.0.0.0/8"), Network("10.1.0.0/16"), Network("::/0")], false));
        var inner = Address("10.1.2.3");
        Assert.Equal(112, list.Match(inner, 0, View.Enforced)!.Value.PrefixLength);
        list.Remove(Network("10.1.0.0/16"), null, null, View.Enforced);
        Assert.Equal(104, list.Match(inner, 0, View.Enforced)!.Value.PrefixLength);
        Assert.False(list.Contains(Address("11.0.0.1"), 0, View.Enforced));
        Assert.True(list.Contains(Address("2001:db8::1"), 0, View.Enforced));
        list.Add(Address("11.0.0.1"), null, null, null, View.Enforced);
        Assert.True(list.Contains(Address("11.0.0.1"), 0, View.Enforced));
        Assert.False(list.Contains(Address("11.0.0.2"), 0, View.Enforced));
    }

    [Fact]
    public void Integers_and_numbers_compare_exactly()
    {
        var list = new ListState(new ListPlan(0, "l", ValueKind.Number, -1, false, [TestGraph.Number(9007199254740992)], false));
        Assert.True(list.Contains(Value.OfLong(ValueKind.Integer, 1L << 53), 0, View.Enforced));
        Assert.False(list.Contains(Value.OfLong(ValueKind.Integer, (1L << 53) + 1), 0, View.Enforced));
    }

    [Fact]
    public void Edits_outlive_the_plan_by_the_name_of_the_list()
    {
        var graph = new TestGraph();
        graph.List(ValueKind.Text, false, TestGraph.Text("a"), TestGraph.Text("old"));
        var plan = graph.Build();
        var tables = new KeyTables(plan.Domains, (1, 2));
        var lists = new Lists(plan, tables);
        lists[0].Add(B, null, null, null, View.Enforced);
        lists[0].Remove(A, null, null, View.Enforced);
        var next = lists.Rebind(plan with { Lists = [plan.Lists[0] with { Entries = [TestGraph.Text("a"), TestGraph.Text("new")] }] }, tables)[0];
        Assert.True(next.Contains(B, 0, View.Enforced));
        Assert.False(next.Contains(A, 0, View.Enforced));
        Assert.False(next.Contains(Value.OfText("old"u8.ToArray()), 0, View.Enforced));
        Assert.True(next.Contains(Value.OfText("new"u8.ToArray()), 0, View.Enforced));
    }

    [Fact]
    public void Saved_edits_can_be_put_back()
    {
        var list = Texts("a");
        list.Remove(A, null, null, View.Enforced);
        list.Add(B, 100, "s", "r", View.Shadow);
        var copy = Texts("a");
        foreach (var entry in list.Edited()) copy.Restore(entry.Value, entry.Enforced, entry.Shadow);
        Assert.False(copy.Contains(A, 0, View.Enforced));
        Assert.True(copy.Contains(B, 99, View.Shadow));
        Assert.True(copy.HasEnds);
    }

    private static ListState Texts(params string[] entries) =>
        new(new ListPlan(0, "l", ValueKind.Text, -1, false, [.. entries.Select(TestGraph.Text)], false));

    private static Constant Network(string text) => CidrValue.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var network)
        ? new(ValueKind.Cidr) { Ip = network.Network.Bits, PrefixLength = network.PrefixLength } : throw new FormatException(text);

    private static Value Address(string text) =>
        IpValue.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var ip) ? Value.OfIp(ip.Bits) : throw new FormatException(text);
}
