using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Matching;

namespace PolicyEngine.Runtime.Tests.Matching;

/// <summary>Whatever a pattern matches holds one of the literals it is said to need.</summary>
public sealed class NecessaryLiteralsTests
{
    private static readonly Gen<string> Atoms = Gen.OneOf(
        Gen.String[Gen.Char["abK1 "], 1, 5],
        Gen.OneOf(".", "\\d", "\\w", "\\s", "[ab]", "[^a]", "\\.", "\\x41", "\\u0062", "^", "$", "\\b", "é", "[]a]", "[\\]b]", "{", "\\\\", "(?i)", "(?-i)"));

    private static readonly Gen<string> Patterns = Gen.Recursive<string>((depth, inner) =>
        depth > 3 ? Atoms : Gen.OneOf(
            Gen.Select(Atoms, Repetitions, (a, r) => a + r),
            Gen.Select(inner, inner, (a, b) => a + b),
            Gen.Select(inner, inner, (a, b) => $"{a}|{b}"),
            Gen.Select(inner, Repetitions, Gen.OneOf("(", "(?:", "(?i:", "(?<n>"), (a, r, open) => $"{open}{a}){r}")));

    private static Gen<string> Repetitions => Gen.OneOf("", "", "", "*", "+", "?", "*?", "{2}", "{0,1}", "{1,3}", "{1}", "{2,}", "{0}");

    [Theory]
    [InlineData("mimikatz", "MIMIKATZ")]
    [InlineData("certutil.*(-urlcache|-ping)", "CERTUTIL")]
    [InlineData("a.*(?:first|second)", "FIRST,SECOND")]
    [InlineData("^C:\\\\Windows\\\\[a-z]+\\.exe$", "C:\\WINDOWS\\")]
    [InlineData("abcx?def?", "ABC")]
    [InlineData("ab+c{2}long", "LONG")]
    [InlineData("(foo)*bar", "BAR")]
    [InlineData("(foo){2,}b", "FOO")]
    [InlineData("one|two|three", "ONE,TWO,THREE")]
    [InlineData("\\bword\\b", "WORD")]
    [InlineData("a{0,3}", null)]
    [InlineData("one|t?", null)]
    [InlineData("[abc]\\d+.", null)]
    [InlineData("(?x)one two", null)]
    [InlineData("one(?#two)", null)]
    [InlineData("[a-z-[aeiou]]xyz", null)]
    public void What_a_pattern_needs(string pattern, string? needed) => Assert.Equal(needed, Show(NecessaryLiterals.OfRegex(pattern, false)));

    [Theory]
    [InlineData("monkey.x", "MON,EY")]
    [InlineData("(?i)tank|boré", "TAN,BOR")]
    public void Letters_that_regex_folds_wider_are_not_looked_for(string pattern, string alternatives)
    {
        var shown = Show(NecessaryLiterals.OfRegex(pattern, ignoringCase: true))!;
        Assert.All(shown.Split(','), s => Assert.Contains(s, alternatives.Split(',')));
    }

    [Fact]
    public void A_pattern_matches_only_where_a_literal_is() => Gen.Select(Patterns, Gen.Bool, Gen.String[Gen.Char["abABkKK1 .é\\{"], 0, 14].Array[20]).Sample((pattern, ignoringCase, texts) =>
    {
        if (!TextMatcher.TryCreate(pattern, ignoringCase, out var matcher, out _)) return;
        if (NecessaryLiterals.OfRegex(pattern, ignoringCase) is not { } needed) return;
        foreach (var text in texts.Append(pattern))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var folded = CaseFolding.ToUpper(bytes);
            if (matcher!.IsMatch(bytes)) Assert.True(needed.Any(n => folded.AsSpan().IndexOf(n) >= 0), $"{pattern} matches {text} and needs {Show(needed)}");
        }
    }, iter: 3000);

    [Fact]
    public void Letters_without_regard_to_case_match_their_two_cases_only()
    {
        for (var letter = 'a'; letter <= 'z'; letter++)
        {
            if (letter == 'k') continue;
            Assert.True(TextMatcher.TryCreate($"^{letter}$", true, out var matcher, out _));
            for (var other = 0x80; other < 0x10000; other++)
            {
                if (!char.IsSurrogate((char)other)) Assert.False(matcher!.IsMatch(Encoding.UTF8.GetBytes(((char)other).ToString())), $"{letter} {other:x}");
            }
        }
    }

    [Theory]
    [InlineData("*\\Temp\\*.ex?", "\\TEMP\\")]
    [InlineData("*?", null)]
    [InlineData("plain", "PLAIN")]
    public void What_a_like_pattern_needs(string pattern, string? needed) => Assert.Equal(needed, Show(NecessaryLiterals.OfLike(pattern)));

    private static string? Show(IReadOnlyList<byte[]>? literals) =>
        literals is null ? null : string.Join(',', literals.Select(l => Encoding.UTF8.GetString(l)));
}
