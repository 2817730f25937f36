using System.Text.RegularExpressions;
using CsCheck;
using PolicyEngine.Language.Binding;

namespace PolicyEngine.Language.Tests.Binding;

/// <summary>What is taken without a closer look is taken by the engine too.</summary>
public sealed class LinearPatternsTests
{
    [Fact]
    public void What_is_evidently_linear_is_taken_by_the_engine()
    {
        string[] parts =
        [
            "a", ".", "\\d", "\\\\", "[a-z]", "[^\\]]", "[]a]", "(", "(?:", "(?i)", "(?s:", ")", "|", "*", "+?", "?", "{2}", "{3,}", "{1,90}", "{,2}", "{x}",
            "(?=", "(?<n>", "(?>", "\\1", "\\k<n>", "\\G", "\\b", "^", "$", "(?#x)", "(?(1)", "[a-z-[b]]", "(?-i)", "\\p{L}", "}", "]", " ", "#",
        ];
        var evident = 0;
        Gen.Int[0, parts.Length - 1].Select(i => parts[i]).Array[0, 9].Select(p => string.Concat(p)).Sample(pattern =>
        {
            if (!IsEvident(pattern)) return;
            evident++;
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }, iter: 4_000, threads: 1);
        Assert.True(evident > 200, $"{evident} patterns were evidently linear");
    }

    [Theory]
    [InlineData("(?i)^C:\\\\Windows\\\\[^\\\\]{1,30}\\.exe$", true)]
    [InlineData("((a{50}){50}){50}", false)]
    [InlineData("(a{90}b){20}", false)]
    [InlineData("a(?!b)", false)]
    [InlineData("(a)\\1", false)]
    public void Examples(string pattern, bool evident) => Assert.Equal(evident, IsEvident(pattern));

    private static bool IsEvident(string pattern)
    {
        try
        {
            return LinearPatterns.IsEvident(pattern);
        }
        catch (RegexParseException)
        {
            return false;
        }
    }
}
