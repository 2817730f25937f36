using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Events;

public sealed class KeyTableTests
{
    [Fact]
    public void Handles_are_dense_in_order_of_first_sight_for_short_and_long_keys() =>
        Gen.Byte[0, 3].Array[0, 40].Array[0, 400].Sample(keys =>
        {
            var table = new KeyTable((7, 8));
            var expected = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var key in keys)
            {
                var known = expected.TryGetValue(Convert.ToHexString(key), out var handle);
                if (!known) expected.Add(Convert.ToHexString(key), handle = expected.Count);
                if (table.Find(key) != (known ? handle : -1) || table.Intern(key) != handle || table.Find(key) != handle) return false;
            }
            return table.Count == expected.Count && expected.All(e => Convert.ToHexString(table.Bytes(e.Value)) == e.Key);
        });

    [Fact]
    public void Zero_bytes_at_the_end_make_another_key()
    {
        var table = new KeyTable((7, 8));
        Assert.Equal([0, 1, 2, 3], new byte[][] { [], [0], [0, 0], new byte[15] }.Select(k => table.Intern(k)));
    }

    [Fact]
    public void Bytes_stay_where_they_are_while_the_table_grows()
    {
        var table = new KeyTable((7, 8));
        table.Intern("first"u8);
        var (arena, start, length) = table.Locate(0);
        for (var i = 0; i < 100_000; i++) table.Intern(Encoding.UTF8.GetBytes($"key number {i}"));
        table.Intern(new byte[3_000_000]);
        Assert.Equal("first", Encoding.UTF8.GetString(arena, start, length));
        Assert.Equal("key number 99999", Encoding.UTF8.GetString(table.Bytes(100_000)));
        Assert.True(table.Compare(1, 2) < 0);
    }

    [Fact]
    public void A_domain_keeps_its_handles_over_plans_by_kind_name_and_parts()
    {
        DomainPlan[] before = [new(0, DomainKind.Entity, "account", []), new(1, DomainKind.Text, "", []), new(2, DomainKind.Composite, "pair", [0, 1])];
        DomainPlan[] after = [new(0, DomainKind.Text, "", []), new(1, DomainKind.Composite, "pair", [2, 0]), new(2, DomainKind.Entity, "account", [])];
        var tables = new KeyTables(before, (1, 2));
        tables[0].Intern("a"u8);
        var pair = tables[2];
        tables.Rebind(after);
        Assert.Equal(0, tables[2].Find("a"u8));
        Assert.Same(pair, tables[1]);
        tables.Rebind([after[0], new(1, DomainKind.Composite, "pair", [0, 0])]);
        Assert.NotSame(pair, tables[1]);
    }

    [Fact]
    public void Tuples_are_ordered_part_by_part_by_bytes_not_by_handles()
    {
        DomainPlan[] domains = [new(0, DomainKind.Text, "", []), new(1, DomainKind.Composite, "pair", [0, 0])];
        var tables = new KeyTables(domains, (1, 2));
        int z = tables[0].Intern("z"u8), a = tables[0].Intern("a"u8);
        Span<byte> bytes = stackalloc byte[8];
        var first = tables[1].Intern(KeyBytes.OfComposite([z, a], bytes));
        var second = tables[1].Intern(KeyBytes.OfComposite([a, z], bytes));
        Assert.True(tables.Compare(1, first, second) > 0);
        Assert.Equal(0, tables.Compare(1, first, first));
    }
}
