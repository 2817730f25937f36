using System.Text;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Tests.Functions;

public sealed class TextMatcherTests
{
    [Theory]
    [InlineData(@"^[a-z]+\d{3,}$", "abc123", true)]
    [InlineData(@"^[a-z]+\d{3,}$", "abc12", false)]
    [InlineData(@"\d", "anywhere 7 in it", true)]
    [InlineData("é中", "xé中y", true)]
    [InlineData("A", "a", false)]
    [InlineData("(?i)A", "a", true)]
    [InlineData("", "", true)]
    public void It_searches_anywhere(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Create(pattern).IsMatch(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Ignoring_case_is_wider_than_elsewhere()
    {
        Assert.True(TextMatcher.TryCreate("k", ignoringCase: true, out var matcher, out _));
        Assert.True(matcher!.IsMatch("K"u8));
        Assert.True(matcher.IsMatch("\u212A"u8));
    }

    [Fact]
    public void Only_the_first_bytes_are_read_and_the_cut_is_told()
    {
        var text = Encoding.UTF8.GetBytes(new string('a', TextMatcher.MaxBytes - 1) + "x");
        Assert.True(Create("x").IsMatch(text, out var cut));
        Assert.False(cut);
        Assert.False(Create("x").IsMatch([(byte)'a', .. text], out cut));
        Assert.True(cut);
        // A scalar that straddles the end is left out as a whole.
        Assert.True(Create("^a+$").IsMatch(Encoding.UTF8.GetBytes(new string('a', TextMatcher.MaxBytes - 1) + "中"), out cut));
        Assert.True(cut);
    }

    [Theory]
    [InlineData("ab(?=c)", 2, 3, "looking ahead is not possible in a linear-time pattern")]
    [InlineData("(?<!a)b", 0, 4, "looking back is not possible in a linear-time pattern")]
    [InlineData(@"(a)\1", 3, 2, "references to earlier groups are not possible in a linear-time pattern")]
    [InlineData(@"[(?=](?=a)", 5, 3, "looking ahead is not possible in a linear-time pattern")]
    [InlineData(@"\(?=a(?>b)", 5, 3, "atomic groups are not possible in a linear-time pattern")]
    [InlineData("a[bc", 4, 1, "a `[` is not closed by `]`")]
    [InlineData("a(b", 3, 1, "a `(` is not closed by `)`")]
    [InlineData("a)b", 2, 1, "a `)` has no `(` before it")]
    [InlineData("*a", 1, 1, "there is nothing before this to repeat")]
    [InlineData("((a{1000}){1000})",
        0, 17, "the pattern is too large: repeated counts multiply, and 10 000 states are the limit")]
    public void A_refused_pattern_says_where_and_why(string pattern, int offset, int length, string message)
    {
        Assert.False(TextMatcher.TryCreate(pattern, ignoringCase: false, out var matcher, out var problem));
        Assert.Null(matcher);
        Assert.Equal(new PatternProblem(offset, length, message), problem);
    }

    [Fact]
    public void What_would_blow_up_elsewhere_ends_at_once() =>
        Assert.False(Create("^(a+)+$").IsMatch(Encoding.UTF8.GetBytes(new string('a', 20_000) + "b")));

    [Theory]
    [InlineData("a", "banana", 3)]
    [InlineData("ana", "banana", 1)]
    [InlineData("x", "banana", 0)]
    public void Matches_are_counted_without_overlap(string pattern, string text, int expected)
    {
        Assert.Equal(expected, Create(pattern).Count(Encoding.UTF8.GetBytes(text), out _));
        Assert.Equal(expected, TextFunctions.Occurrences(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(pattern)));
    }

    private static TextMatcher Create(string pattern)
    {
        Assert.True(TextMatcher.TryCreate(pattern, ignoringCase: false, out var matcher, out _));
        return matcher!;
    }
}
