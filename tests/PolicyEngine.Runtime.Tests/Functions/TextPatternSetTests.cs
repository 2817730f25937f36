using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Functions;

public sealed class TextPatternSetTests
{
    private static readonly Gen<string> Short = Gen.Char["abAé中"].Array[0, 4].Select(c => new string(c));

    [Fact]
    public void Many_literals_are_as_good_as_one_after_the_other() =>
        Gen.Select(Short.Array[0, 8], Gen.Char["abABÉé中"].Array[0, 14], Gen.Int[0, 3], Gen.Bool)
            .Sample((literals, characters, which, ignoringCase) =>
        {
            var test = new[] { TextOp.Equals, TextOp.Contains, TextOp.StartsWith, TextOp.EndsWith }[which];
            var text = new string(characters);
            var set = Set(test, ignoringCase, literals);
            var bytes = Encoding.UTF8.GetBytes(text);
            Assert.Equal(literals.Any(literal => Naive(test, text, literal, ignoringCase)), set.Any(bytes));
            Assert.Equal(literals.All(literal => Naive(test, text, literal, ignoringCase)), set.All(bytes));
        }, iter: 20_000);

    [Fact]
    public void Thousands_of_literals_find_each_of_them()
    {
        var literals = Enumerable.Range(0, 5_000).Select(i => $"word{i:x}-{i * 7919 % 5000}").ToArray();
        var set = Set(TextOp.Contains, true, literals);
        Assert.Equal(5_000, set.Count);
        Assert.All(literals, literal => Assert.True(set.Any(Encoding.UTF8.GetBytes($"see {literal.ToUpperInvariant()}!"))));
        Assert.False(set.Any("see word-1 and no other"u8));
        Assert.True(set.All(Encoding.UTF8.GetBytes(string.Join(' ', literals))));
        Assert.False(set.All(Encoding.UTF8.GetBytes(string.Join(' ', literals.Skip(1)))));
    }

    [Fact]
    public void Repeated_literals_count_once() => Assert.Equal(2, Set(TextOp.Equals, true, "a", "A", "b").Count);

    [Fact]
    public void Patterns_are_no_literals() => Assert.Throws<ArgumentOutOfRangeException>(() => Set(TextOp.Like, false, "a*"));

    private static TextPatternSet Set(TextOp test, bool ignoringCase, params string[] literals) =>
        new(test, literals.Select(literal => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(literal)), ignoringCase);

    private static bool Naive(TextOp test, string text, string literal, bool ignoringCase)
    {
        if (ignoringCase)
            (text, literal) = (text.ToUpperInvariant(), literal.ToUpperInvariant());
        return test switch
        {
            TextOp.Equals => text == literal,
            TextOp.Contains => text.Contains(literal, StringComparison.Ordinal),
            TextOp.StartsWith => text.StartsWith(literal, StringComparison.Ordinal),
            _ => text.EndsWith(literal, StringComparison.Ordinal),
        };
    }
}
