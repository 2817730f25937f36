using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Tests.Functions;

public sealed class NormaliseTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Hello, World 42!", "hello, world 42!")]
    [InlineData("\u0420\u0430\u0443\u0420\u0430l", "paypal")]
    [InlineData("ｆｒｅｅ　ｍｏｎｅｙ", "free money")]
    [InlineData("𝐟𝓻𝕖𝖊 𝟙𝟎", "free 10")]
    [InlineData("f\u200Br\u200De\u2060e\uFEFF", "free")]
    [InlineData("\u202Eeerf\u202C", "eerf")]
    [InlineData("so\u00ADft", "soft")]
    [InlineData("\u03BF\u0440\u0435n", "open")]
    [InlineData("ﬁne ①②", "fine 12")]
    [InlineData("E\u0301cole", "\u00E9cole")]
    [InlineData("e\u200B\u0301cole", "\u00E9cole")]
    [InlineData("\u0415\u0308", "\u00EB")]
    [InlineData("\u0401", "\u00EB")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u1E9B\u0323", "\u1E69")]
    [InlineData("\u0130", "i\u0307")]
    [InlineData("ß", "ß")]
    [InlineData("ⒽⒾ🅗🅘", "hihi")]
    [InlineData("\u1112\u1161\u11AB\uAE00", "\uD55C\uAE00")]
    [InlineData("\uAC00\u11A8", "\uAC01")]
    [InlineData("日本語", "日本語")]
    [InlineData("㍿", "株式会社")]
    [InlineData("x\U000E0041y\U000E01EF", "xy")]
    public void Disguises_fall_away(string text, string expected) => Assert.Equal(expected, Apply(text));

    [Fact]
    public void Doing_it_twice_changes_nothing_for_any_scalar()
    {
        var each = new StringBuilder();
        for (var scalar = 0; scalar <= 0x10FFFF; scalar++)
        {
            if (!Rune.IsValid(scalar))
                continue;
            each.Append('!').Append(new Rune(scalar).ToString());
        }
        var once = Apply(each.ToString());
        Assert.Equal(once, Apply(once));
    }

    [Fact]
    public void Doing_it_twice_changes_nothing_for_any_text() =>
        Gen.Int[0, Interesting.Length - 1].Select(i => Interesting[i]).Array[0, 10].Select(string.Concat).Sample(text =>
        {
            var once = Apply(text);
            Assert.Equal(once, Apply(once));
        }, iter: 20_000);

    [Fact]
    public void Case_does_not_matter() =>
        Gen.Int[0, Interesting.Length - 1].Select(i => Interesting[i]).Array[0, 6].Select(string.Concat).Sample(text =>
            Assert.Equal(Apply(text), Apply(Apply(text).ToLowerInvariant())));

    [Fact]
    public void Marks_piled_up_are_ordered_like_a_few()
    {
        var few = "a" + string.Concat(Enumerable.Repeat("\u0323\u0301", 8));
        var many = "a" + string.Concat(Enumerable.Repeat("\u0301\u0323", 5_000));
        Assert.Equal("\u1EA1" + new string('\u0323', 7) + new string('\u0301', 8), Apply(few));
        Assert.Equal("\u1EA1" + new string('\u0323', 4_999) + new string('\u0301', 5_000), Apply(many));
    }

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 60].Sample(bytes =>
        {
            var output = new TextBuffer(1);
            Normalise.Apply(bytes, output);
            Assert.InRange(output.Length, 0, 18 * 4 * Math.Max(bytes.Length, 1));
        });

    private static readonly string[] Interesting =
    [
        "a", "E", "e", "и", "\u0306", "\u0308", "\u0301", "\u0323", "\u0307",
        "\u031B", "\u0345", "\u3099", "か", "\u1100", "\u1161", "\u11A8", "가",
        "\u200D", "ﷺ", "Å", "ﬃ", "Ω", "ώ", "\u09C7", "\u09BE", "\u0DD9",
        "\u0DCF", "\u0DCA", "А", "ё", "ǆ", "½", "İ", "𝔸", "\u0F71", "\u0F72", "ﾞ", "ｶ",
    ];

    private static string Apply(string text)
    {
        var output = new TextBuffer(8);
        Normalise.Apply(Encoding.UTF8.GetBytes(text), output);
        return output.ToString();
    }
}
