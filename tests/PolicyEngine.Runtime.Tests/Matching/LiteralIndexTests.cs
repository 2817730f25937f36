using System.Runtime.Intrinsics.X86;
using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Matching;

/// <summary>An index finds of each text what looking for one literal after the other finds.</summary>
public sealed class LiteralIndexTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[Gen.Char["abAB"], 0, 12],
        Gen.String[Gen.Char["aAäÄßſkKKé\u4e2d\ud83d\ude00\\ -"], 0, 9].Select(Valid),
        Gen.String[Gen.Char["ab"], 60, 140]);

    private static readonly Gen<Literal> Literals = Gen.Select(
        Gen.OneOf(TextOp.Contains, TextOp.StartsWith, TextOp.EndsWith, TextOp.Equals), Texts,
        (test, text) => new Literal(test, Encoding.UTF8.GetBytes(text)));

    /// <summary>Literals of which many are parts, beginnings and ends of others and of the texts.</summary>
    private static readonly Gen<(Literal[] Literals, byte[][] Texts)> Cases = Gen.Select(
        Literals.Array[0, 60], Texts.Array[1, 6], Gen.Int[0, 20].Array[8],
        (literals, texts, cuts) => ((Literal[])[.. literals, .. Parts(literals, cuts)], Around(texts, literals)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Finds_what_a_naive_search_finds(bool ignoringCase) => Cases.Sample(c => Check(c.Literals, c.Texts, ignoringCase), iter: 3000);

    [Fact]
    public void Bytes_that_are_no_text_do_no_harm() =>
        Gen.Select(Gen.Byte.Array[0, 7].Array[0, 30], Gen.Byte.Array[0, 90]).Sample((literals, text) =>
            Check([.. literals.Select((l, i) => new Literal((TextOp)(i % 3), l))], [text], false));

    [Fact]
    public void A_literal_is_found_across_every_stretch_and_at_both_ends()
    {
        Literal[] literals = [new(TextOp.Contains, "needle"u8.ToArray()), new(TextOp.EndsWith, "le"u8.ToArray()), new(TextOp.StartsWith, "ne"u8.ToArray())];
        for (var before = 0; before < 140; before++)
        {
            Check(literals, [Encoding.UTF8.GetBytes(new string('.', before) + "needle" + new string('.', 139 - before))], false);
            Check(literals, [Encoding.UTF8.GetBytes(new string('n', before) + "needle")], true);
        }
    }

    [Fact]
    public void What_stands_behind_a_text_is_not_part_of_it()
    {
        var search = new LiteralSearch(new LiteralIndex([new(TextOp.Contains, "secret"u8.ToArray()), new(TextOp.Contains, [(byte)'e', 0])]), false);
        Assert.Equal(1, search.Find("a secret"u8).Length);
        Assert.Equal(0, search.Find("a secre"u8).Length);
    }

    [Fact]
    public void Literals_beyond_the_longest_list_and_empty_ones_are_not_accepted()
    {
        var same = Enumerable.Range(0, LiteralIndex.LongestList + 1).Select(i => new Literal(TextOp.Contains, Encoding.UTF8.GetBytes("zzzz" + new string('z', i))));
        var index = new LiteralIndex([.. same, new Literal(TextOp.Equals, [])]);
        Assert.Equal(LiteralIndex.LongestList, index.Accepted.Count(a => a));
        Assert.False(index.Accepted[LiteralIndex.LongestList]);
        Assert.False(index.Accepted[^1]);
        Assert.Equal(LiteralIndex.LongestList, new LiteralSearch(index, false).Find(Encoding.UTF8.GetBytes(new string('z', 100))).Length);
    }

    [Fact]
    public void A_search_allocates_nothing_once_it_has_seen_the_longest_text()
    {
        var search = new LiteralSearch(new LiteralIndex([.. Enumerable.Range(0, 1000).Select(i => new Literal(TextOp.Contains, Encoding.UTF8.GetBytes($"NUMBER {i}")))]), true);
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 300).Select(i => $"number {i * 7} ")));
        var found = search.Find(text).Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) found = Math.Max(found, search.Find(text).Length);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(found > 100);
    }

    private static void Check(Literal[] literals, byte[][] texts, bool ignoringCase)
    {
        Literal[] filed = ignoringCase ? [.. literals.Select(l => l with { Text = CaseFolding.ToUpper(l.Text) })] : literals;
        var index = new LiteralIndex(filed);
        LiteralSearch[] searches = Avx2.IsSupported
            ? [new(index, ignoringCase, byEights: true), new(index, ignoringCase, byEights: false)] : [new(index, ignoringCase, byEights: false)];
        foreach (var text in texts)
        {
            var expected = Enumerable.Range(0, literals.Length)
                .Where(i => index.Accepted[i] && TextPatterns.Test(literals[i].Test, ignoringCase, text, literals[i].Text)).ToArray();
            foreach (var search in searches)
            {
                int[] found = [.. search.Find(text)];
                Array.Sort(found);
                Assert.Equal(expected, found);
            }
        }
    }

    private static IEnumerable<Literal> Parts(Literal[] literals, int[] cuts)
    {
        for (var i = 0; i < Math.Min(literals.Length, cuts.Length); i++)
        {
            var text = Encoding.UTF8.GetString(literals[i].Text);
            var cut = Math.Min(cuts[i], text.Length);
            yield return literals[i] with { Text = Encoding.UTF8.GetBytes(Valid(text[..cut])) };
            yield return literals[i] with { Text = Encoding.UTF8.GetBytes(Valid(text[cut..])) };
        }
    }

    private static byte[][] Around(string[] texts, Literal[] literals) =>
    [
        .. texts.Select(Encoding.UTF8.GetBytes),
        .. literals.Take(4).SelectMany((l, i) => (byte[][])[l.Text, [.. Encoding.UTF8.GetBytes(texts[0]), .. l.Text], [.. l.Text, .. literals[^(i + 1)].Text]]),
    ];

    /// <summary>Halves of surrogate pairs are no text.</summary>
    private static string Valid(string text) => string.Concat(text.EnumerateRunes().Where(r => r != Rune.ReplacementChar).Select(r => r.ToString()));
}
