using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Tests.Functions;

public sealed class CaseFoldingTests
{
    /// <summary>Scalars whose folding is of every kind: none, shorter, longer, surrogates, excluded ones.</summary>
    internal static readonly Gen<string> Text =
        Gen.Int[0, 25].Select(i => new Rune("aAbBzßẞıİiIſsÅåKéÉσςΣɐⱯ𐐨𐐀*?中".EnumerateRunes().ElementAt(i).Value).ToString())
            .Array[0, 12].Select(string.Concat);

    [Theory]
    [InlineData('a', 'A')]
    [InlineData('z', 'Z')]
    [InlineData('`', '`')]
    [InlineData('{', '{')]
    [InlineData('é', 'É')]
    [InlineData('ÿ', 'Ÿ')]
    [InlineData('µ', 'Μ')]
    [InlineData('ς', 'Σ')]
    [InlineData('ß', 'ß')]
    [InlineData('ŉ', 'ŉ')]
    [InlineData('ı', 'ı')]
    [InlineData('ſ', 'ſ')]
    [InlineData('\u212A', '\u212A')]
    [InlineData('ǆ', 'Ǆ')]
    [InlineData('ǅ', 'Ǆ')]
    [InlineData('ᾳ', 'ᾼ')]
    [InlineData('я', 'Я')]
    [InlineData('ა', 'Ა')]
    [InlineData('ꭰ', 'Ꭰ')]
    [InlineData(0x10428, 0x10400)]
    [InlineData(0x1E943, 0x1E921)]
    [InlineData(0x1E944, 0x1E944)]
    [InlineData(0x10FFFF, 0x10FFFF)]
    public void A_scalar_has_its_simple_upper_case(int scalar, int expected) =>
        Assert.Equal(expected, CaseFolding.SimpleUpper(scalar));

    [Fact]
    public void Folding_twice_changes_nothing_and_ascii_stays_among_itself()
    {
        for (var scalar = 0; scalar <= 0x10FFFF; scalar++)
        {
            var upper = CaseFolding.SimpleUpper(scalar);
            Assert.Equal(upper, CaseFolding.SimpleUpper(upper));
            Assert.Equal(scalar < 0x80, upper < 0x80);
        }
    }

    [Fact]
    public void Folded_texts_fit_their_bound_and_keep_their_length_in_scalars() =>
        Text.Sample(text =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var folded = CaseFolding.ToUpper(bytes);
            Assert.InRange(folded.Length, 0, CaseFolding.MaxUpperLength(bytes.Length));
            Assert.Equal(Naive(text), Encoding.UTF8.GetString(folded));
            Assert.Equal(Utf8Text.Length(bytes), Utf8Text.Length(folded));
        });

    [Fact]
    public void Tests_ignoring_case_are_tests_of_the_folded_texts() =>
        Gen.Select(Text, Text).Sample((text, part) =>
        {
            ReadOnlySpan<byte> a = Encoding.UTF8.GetBytes(text), b = Encoding.UTF8.GetBytes(part);
            string foldedText = Naive(text), foldedPart = Naive(part);
            Assert.Equal(foldedText == foldedPart, CaseFolding.EqualsIgnoringCase(a, b));
            Assert.Equal(foldedText.StartsWith(foldedPart, StringComparison.Ordinal), CaseFolding.StartsWithIgnoringCase(a, b));
            Assert.Equal(foldedText.EndsWith(foldedPart, StringComparison.Ordinal), CaseFolding.EndsWithIgnoringCase(a, b));
            Assert.Equal(foldedText.Contains(foldedPart, StringComparison.Ordinal), CaseFolding.ContainsIgnoringCase(a, b));
            var at = CaseFolding.IndexOfIgnoringCase(a, b);
            Assert.True(at < 0 || CaseFolding.StartsWithIgnoringCase(a[at..], b));
        });

    [Theory]
    [InlineData("STRASSE", "straße", false)]
    [InlineData("STRAßE", "straße", true)]
    [InlineData("Istanbul", "ıstanbul", false)]
    [InlineData("\u00C9COLE", "\u00E9cole", true)]
    [InlineData("E\u0301COLE", "\u00E9cole", false)]
    public void Equality_ignoring_case_is_simple_and_without_normalisation(string a, string b, bool expected) =>
        Assert.Equal(expected, CaseFolding.EqualsIgnoringCase(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b)));

    [Fact]
    public void Bytes_order_texts_by_code_point()
    {
        Assert.True(CaseFolding.CompareBytes("\uFFFD"u8, "\U00010000"u8) < 0);
        Assert.True(CaseFolding.CompareBytes("a"u8, "ab"u8) < 0);
        Assert.Equal(0, CaseFolding.CompareBytes(""u8, ""u8));
    }

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 4]).Sample((a, b) =>
            CaseFolding.EqualsIgnoringCase(a, b) | CaseFolding.EndsWithIgnoringCase(a, b) | CaseFolding.ContainsIgnoringCase(a, b)
            | CaseFolding.ToUpper(a).Length >= 0);

    private static string Naive(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => new Rune(CaseFolding.SimpleUpper(rune.Value)).ToString()));
}
