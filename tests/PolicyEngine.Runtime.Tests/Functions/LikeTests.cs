using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Tests.Functions;

public sealed class LikeTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("?", "", false)]
    [InlineData("?", "中", true)]
    [InlineData("?", "𐐀", true)]
    [InlineData("??", "é", false)]
    [InlineData("a*", "a", true)]
    [InlineData("a*", "ba", false)]
    [InlineData("*a", "ba", true)]
    [InlineData("*a", "ab", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*a", "aa", true)]
    [InlineData("a**b", "a--b", true)]
    [InlineData("*b?d*", "abcd", true)]
    [InlineData("*?", "", false)]
    [InlineData("*中?", "x中é", true)]
    [InlineData("*ab*ab", "abab", true)]
    [InlineData("*ab*ab", "ab", false)]
    [InlineData("a\\*b", "a\\xb", true)]
    [InlineData("a\\*b", "a*b", false)]
    public void The_whole_value_must_match(string pattern, string text, bool expected) =>
        Assert.Equal(expected, new LikePattern(pattern, ignoringCase: false).IsMatch(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("*.EXE", "c:\\run.exe", true)]
    [InlineData("É?", "é中", true)]
    [InlineData("ß", "SS", false)]
    public void Case_may_be_ignored(string pattern, string text, bool expected) =>
        Assert.Equal(expected, new LikePattern(pattern, ignoringCase: true).IsMatch(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void It_agrees_with_trying_every_way() =>
        Gen.Select(Gen.Char["ab?*é"].Array[0, 8], Gen.Char["abAé中"].Array[0, 10], Gen.Bool)
            .Sample((pattern, text, ignoringCase) =>
        {
            var like = new LikePattern(new string(pattern), ignoringCase);
            var expected = ignoringCase ? Naive(Upper(pattern), Upper(text)) : Naive(pattern, text);
            Assert.Equal(expected, like.IsMatch(Encoding.UTF8.GetBytes(text)));
        }, iter: 20_000);

    private static char[] Upper(char[] text) => Array.ConvertAll(text, char.ToUpperInvariant);

    private static bool Naive(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.IsEmpty)
            return text.IsEmpty;
        if (pattern[0] == '*')
            return Naive(pattern[1..], text) || (!text.IsEmpty && Naive(pattern, text[1..]));
        return !text.IsEmpty && (pattern[0] == '?' || pattern[0] == text[0]) && Naive(pattern[1..], text[1..]);
    }
}
