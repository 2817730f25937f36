using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Tests.Functions;

public sealed class TextFunctionsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  ,. ", "")]
    [InlineData("Don't stop, user_1!", "Don't|stop|user_1")]
    [InlineData("it’s 'quoted' rock'", "it’s|quoted|rock")]
    [InlineData("naïve—Москва 中文、日本", "naïve|Москва|中文|日本")]
    [InlineData("a😀b 3.14", "a|b|3|14")]
    public void Words_are_runs_of_letters_and_digits(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var words = new List<string>();
        foreach (var slice in TextFunctions.Words(bytes))
            words.Add(Encoding.UTF8.GetString(slice.Of(bytes)));
        Assert.Equal(expected, string.Join('|', words));
    }

    [Theory]
    [InlineData("abcd", 3, "abc|bcd")]
    [InlineData("aé中b", 2, "aé|é中|中b")]
    [InlineData("ab", 2, "ab")]
    [InlineData("ab", 3, "")]
    [InlineData("", 1, "")]
    [InlineData("ab", 0, "")]
    [InlineData("ab", long.MaxValue, "")]
    public void Ngrams_are_runs_of_scalars(string text, long n, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var ngrams = new List<string>();
        foreach (var slice in TextFunctions.Ngrams(bytes, n))
            ngrams.Add(Encoding.UTF8.GetString(slice.Of(bytes)));
        Assert.Equal(expected, string.Join('|', ngrams));
    }

    [Fact]
    public void Length_counts_scalars() =>
        CaseFoldingTests.Text.Array[0, 12].Select(string.Concat).Sample(text =>
            Assert.Equal(text.EnumerateRunes().Count(), Utf8Text.Length(Encoding.UTF8.GetBytes(text))));

    [Theory]
    [InlineData("", "aa", 0)]
    [InlineData("aaaa", "aa", 2)]
    [InlineData("aaa", "", 0)]
    public void Occurrences_do_not_overlap(string text, string part, int expected) =>
        Assert.Equal(expected, TextFunctions.Occurrences(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(part)));

    [Theory]
    [InlineData("", "")]
    [InlineData("joe@Example.COM", "example.com")]
    [InlineData("Joe Smith <joe.smith@mail.example.org>", "mail.example.org")]
    [InlineData("https://user:pw@Shop.example:8443/a/index.html?u=http://b.example#x", "shop.example")]
    [InlineData("http://localhost/x", "localhost")]
    [InlineData("https://good.example@evil.example/good.example", "evil.example")]
    [InlineData("https://good.example:443@evil.example", "evil.example")]
    [InlineData("https://evil.example/@good.example", "evil.example")]
    [InlineData("x://@", "")]
    [InlineData("http://10.0.0.1:80/", "10.0.0.1")]
    [InlineData("see shop-x.example, and www.b.example/path.", "shop-x.example|www.b.example")]
    [InlineData("a.example: b.example.", "a.example|b.example")]
    [InlineData("version 3.14 of x..y and 1.2.3.4", "")]
    [InlineData("пример.рф xn--e1afmkfd.xn--p1ai", "пример.рф|xn--e1afmkfd.xn--p1ai")]
    [InlineData("(a.example)[b.example]\"c.example\"", "a.example|b.example|c.example")]
    [InlineData("mailto:joe@a.example", "a.example")]
    [InlineData("-a.example-", "a.example")]
    public void Hosts_are_found_in_links_addresses_and_texts(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var found = new List<string>();
        foreach (var slice in TextFunctions.DomainsIn(bytes))
        {
            var lower = new TextBuffer(1);
            TextFunctions.AppendLower(slice.Of(bytes), lower);
            found.Add(lower.ToString());
        }
        Assert.Equal(expected, string.Join('|', found));

        var first = new TextBuffer();
        Assert.Equal(found.Count > 0, TextFunctions.TryAppendDomain(bytes, first));
        Assert.Equal(found.FirstOrDefault(""), first.ToString());
    }

    [Theory]
    [InlineData("", "", 1.0)]
    [InlineData("", "a", 0.0)]
    [InlineData("abc", "ABC", 1.0)]
    [InlineData("abc", "abd", 0.0)]
    [InlineData("abcde", "abcdx", 0.5)]
    [InlineData("one  two", "One\ttwo", 1.0)]
    [InlineData("aaaaaaaa", "aaaa", 1.0)]
    [InlineData("中文字符测试", "中文字符测验", 2.0 / 3)]
    public void Similarity_is_the_share_of_common_runs(string a, string b, double expected) =>
        Assert.Equal(expected, Similarity.Compare(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b)));

    [Fact]
    public void Similarity_is_symmetric_and_agrees_with_sets() =>
        Gen.Select(Gen.Char["abc é"].Array[0, 40], Gen.Char["abc é"].Array[0, 40]).Sample((x, y) =>
        {
            ReadOnlySpan<byte> a = Encoding.UTF8.GetBytes(x), b = Encoding.UTF8.GetBytes(y);
            var value = Similarity.Compare(a, b);
            Assert.Equal(value, Similarity.Compare(b, a));
            Assert.Equal(1, Similarity.Compare(a, a));
            if (x.Length > 0 && y.Length > 0)
            {
                HashSet<string> left = Runs(new string(x)), right = Runs(new string(y));
                Assert.Equal(2.0 * left.Intersect(right).Count() / (left.Count + right.Count), value);
            }
        });

    [Fact]
    public void Similarity_reads_only_the_first_bytes()
    {
        var head = string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i} "))[..Similarity.MaxBytes];
        Assert.Equal(1, Similarity.Compare(Encoding.UTF8.GetBytes(head), Encoding.UTF8.GetBytes(head + "and more")));
    }

    private static HashSet<string> Runs(string text)
    {
        text = System.Text.RegularExpressions.Regex.Replace(text.ToUpperInvariant(), " +", " ");
        return text.Length < 4 ? [text] : [.. Enumerable.Range(0, text.Length - 3).Select(i => text.Substring(i, 4))];
    }
}
