using PolicyEngine.Runtime.Links;

namespace PolicyEngine.Runtime.Tests.Links;

public sealed class CaseStoreTests
{
    private readonly GroupTable _groups = new();
    private readonly CaseStore _cases;

    public CaseStoreTests() => _cases = new CaseStore(_groups) { Now = 10 };

    [Fact]
    public void A_rule_has_one_case_a_group_with_all_that_come_to_it()
    {
        var group = Group(100, 1, 2);
        var opened = _cases.Open("r", group, out var isNew);
        Assert.True(isNew);
        Join(group, 3);
        Assert.Same(opened, _cases.Open("r", group, out isNew));
        Assert.False(isNew);
        Assert.NotSame(opened, _cases.Open("other", group, out _));
        Assert.Equal((100, 10L), (opened.Group, opened.Opened));
        Assert.Equal([1, 2, 3], opened.Members.Order());
    }

    [Fact]
    public void The_younger_case_is_closed_into_the_older_whichever_group_keeps_its_id()
    {
        var (small, large) = (Group(100, 1, 2), Group(200, 5, 6, 7));
        var older = _cases.Open("r", small, out _);
        _cases.Now = 20;
        var younger = _cases.Open("r", large, out _);
        var others = _cases.Open("q", large, out _);
        _cases.Now = 30;
        Merge(small, large);
        Assert.Equal((null, older, 30L), (older.MergedInto, younger.MergedInto, younger.Closed));
        Assert.Equal([1, 2, 5, 6, 7], older.Members.Order());
        Assert.Equal([1, 2, 5, 6, 7], others.Members.Order());
        Assert.Same(older, _cases.Open("r", large, out _));
        Join(large, 9);
        Assert.Contains(9, older.Members);
        Assert.DoesNotContain(9, younger.Members);
    }

    [Fact]
    public void A_case_of_a_group_that_is_gone_is_not_inherited_by_the_next_group_of_its_slot()
    {
        var group = Group(100, 1, 2);
        var opened = _cases.Open("r", group, out _);
        _groups.Clear(group, []);
        _cases.Ended(group);
        _groups.End(group);
        var next = Group(300, 8, 9);
        Assert.Equal(group, next);
        Assert.NotSame(opened, _cases.Open("r", next, out _));
        Assert.Equal([1, 2], opened.Members.Order());
        Assert.Null(opened.Closed);
    }

    private int Group(int handle, params int[] members)
    {
        var group = _groups.Begin(handle, 0);
        foreach (var member in members) Join(group, member);
        return group;
    }

    private void Join(int group, int member)
    {
        _groups.Add(group, member);
        _cases.Added(group, member);
    }

    private void Merge(int from, int to)
    {
        _cases.Merging(from, to);
        _groups.Move(from, to);
    }
}
