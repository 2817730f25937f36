using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Runtime.Tests.Functions;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("You are an agent with tools. Current step 40740 of the plan: a linked list",
        "You are an agent with tools. Current step 67925 of the plan: photosynthesis")]
    [InlineData("Ticket 7: sourdough. Produce a patch.", "Ticket 19 (urgent): SQL joins. Produce a patch.", false)]
    [InlineData("Ticket 7: sourdough. Produce a patch.", "Ticket 19: SQL joins. Produce a patch.")]
    [InlineData("pay 3.14 to Anna Smith now", "pay 1,000 to Bob now")]
    [InlineData("open order e0f3-44aa for me", "open order deaf-beef-7 for me")]
    [InlineData("say \"hello there\" to all", "say \"x\" to all")]
    [InlineData("run `ls -la` again", "run `rm x` again")]
    [InlineData("fill [case_a] and {name}", "fill [b] and {other}")]
    [InlineData("Please   explain,\nthe thing", "please explain the thing")]
    [InlineData("Напиши письмо Ивану о погоде", "Напиши письмо Петру о погоде")]
    [InlineData("步骤17：画一只猫。完成", "步骤923：写诗。完成")]
    [InlineData("review my essay about tax returns", "review my essay about solar panels", false)]
    [InlineData("Summarise the article", "Translate the article", false)]
    [InlineData("one two three", "one three two", false)]
    [InlineData("a:b", "a:c", false)]
    [InlineData("the plan: this topic is so very long that it must be taken for a text",
        "the plan: that topic is so very long that it must be taken for a text", false)]
    [InlineData("unclosed \"quote one", "unclosed \"quote two", false)]
    public void Texts_of_one_skeleton_agree(string a, string b, bool same = true) =>
        Assert.Equal(same, Fingerprint(a) == Fingerprint(b));

    [Theory]
    [InlineData("", 0x2DEC_163B_7E57_8BA0)]
    [InlineData("hello", 0x5C91_AEFE_BD42_C91D)]
    [InlineData("You are an agent with tools. Current step 40740 of the plan: a linked list", 0xCF30_BD57_948C_9E27)]
    [InlineData("Extract every field of invoice 19597 as JSON. Notes: my cat", 0x79B9_E678_00BD_DC47)]
    [InlineData("say \"hello\" to [id_7] and `x`, Anna", 0xF03A_1CF5_F102_78C6)]
    [InlineData("internationalisation of extraordinarily-long-hyphenated words", 0xE412_691E_AC03_5E77)]
    [InlineData("Émile écrit “bonjour” à 12 amis… 步骤17：画一只猫。", 0xDE24_1C65_3B8E_E24F)]
    public void Fingerprints_do_not_change_between_versions(string text, ulong expected) =>
        // State is keyed by these numbers: a change of them is a change of the function's version.
        Assert.Equal(expected, Fingerprint(text));

    [Fact]
    public void Only_the_declared_prefix_is_read()
    {
        var head = string.Concat(Enumerable.Repeat("word and ", 200))[..Template.PrefixBytes];
        Assert.Equal(Fingerprint(head), Fingerprint(head + "tail that is not read"));
        Assert.NotEqual(Fingerprint(head), Fingerprint(head[..^9]));
    }

    [Fact]
    public void Position_and_length_of_numbers_do_not_matter() =>
        Gen.Select(Gen.Int[0, 300], Gen.ULong, Gen.ULong).Sample((padding, a, b) =>
        {
            var head = string.Concat(Enumerable.Repeat("ab cd-ef ", padding / 9 + 1))[..padding];
            Assert.Equal(Fingerprint($"{head} {a} tail words here"), Fingerprint($"{head} {b} tail words here"));
        });

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 1200].Sample(bytes => Assert.Equal(Template.Fingerprint(bytes), Template.Fingerprint([.. bytes])));

    [Fact]
    public void As_text_it_has_sixteen_digits()
    {
        Span<byte> text = stackalloc byte[16];
        Assert.Equal(16, Template.Format(0xAB, text));
        Assert.Equal("00000000000000ab", Encoding.ASCII.GetString(text));
    }

    private static ulong Fingerprint(string text) => Template.Fingerprint(Encoding.UTF8.GetBytes(text));
}
