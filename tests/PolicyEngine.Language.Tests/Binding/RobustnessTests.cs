using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Binding;

/// <summary>Whatever the text, compiling answers with diagnostics.</summary>
public sealed class RobustnessTests
{
    private static readonly string[] Texts =
    [
        .. TestCases.Find("translations").Concat(TestCases.Find("binding")).Select(n => TestCases.Read(n).Text),
        .. DiagnosticCatalog.All.Select(e => e.Wrong),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Mutated_policies_never_throw(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 150; round++)
        {
            var text = Mutate(Texts[random.Next(Texts.Length)], random);
            var result = Example.Compile(text);
            Assert.Equal(result.HasErrors, result.Model is null);
            foreach (var diagnostic in result.Diagnostics) DiagnosticRenderer.Human(diagnostic);
        }
    }

    /// <summary>Words change places, vanish, come twice, or come from elsewhere, so that most of the text still parses.</summary>
    private static string Mutate(string text, Random random)
    {
        var words = text.Split(' ');
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var at = random.Next(words.Length);
            var other = words[random.Next(words.Length)];
            words[at] = random.Next(5) switch
            {
                0 => "",
                1 => $"{words[at]} {words[at]}",
                2 => $"{words[at]} {other}",
                3 => words[at].Length > 2 ? words[at][1..] : other,
                _ => other,
            };
        }
        return string.Join(' ', words);
    }

    [Fact]
    public void All_translations_at_once_are_refused_for_their_second_block_of_responses_only_once_each()
    {
        var files = TestCases.Find("translations").Select(TestCases.Read).ToList();
        var seconds = PolicyCompilation.Compile(files).Diagnostics.Count(d => d.Code == "P2607");
        Assert.Equal(files.Count - 1, seconds);
    }

    [Fact]
    public void Order_of_files_and_statements_carries_no_meaning()
    {
        const string First = "pack p owner \"o\" entity account event login { account: account  n: integer }";
        const string Second = "pack p measure m = count of login per account over 1h rule r on login per account when m > limit then observe because \"{m}\"";
        const string Third = "pack p let limit = 3 test \"t\" given login { account: \"a\" } expect no r";
        SourceText[] files = [new("a.policy", First), new("b.policy", Second), new("c.policy", Third)];
        Assert.Empty(PolicyCompilation.Compile(files).Diagnostics);
        Assert.Empty(PolicyCompilation.Compile([.. files.Reverse()]).Diagnostics);
    }

    [Fact]
    public void A_thousand_errors_are_enough()
    {
        var text = "pack p\nentity a\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"label l{i} of unknown_thing\n"));
        var result = Example.Compile(text);
        Assert.Equal(1001, result.Diagnostics.Count);
        Assert.Contains(result.Diagnostics, d => d.Code == "P3101");
    }

    [Fact]
    public void A_long_row_of_measures_does_not_exhaust_the_stack()
    {
        var text = "pack p\nentity a\nevent e { a: a  n: integer }\nmeasure m0 = latest n of e per a\n"
            + string.Concat(Enumerable.Range(1, 5000).Select(i => $"measure m{i} = latest m{i - 1} of e per a\n"));
        Assert.All(Example.Codes(text.Replace("m4999 of", "m5001 of", StringComparison.Ordinal)), c => Assert.True(c is "P3102" or "P2003" or "P3001", c));
    }

    [Fact]
    public void Declarations_that_double_at_each_level_stay_cheap()
    {
        var levels = Enumerable.Range(2, 90).ToList();
        var text = "pack p\nentity a\nevent e {\n a: a\n f0: integer sensitive\n f1 = f0 + f0\n"
            + string.Concat(levels.Select(i => $" f{i} = f{i - 1} + f{i - 1}\n")) + "}\n"
            + "event n0 = e\nevent n1 = e, n0\n" + string.Concat(levels.Select(i => $"event n{i} = n{i - 1}, n{i - 2}\n"))
            + "measure m0 = max f0 of e per a\nmeasure m1 = max m0 of e per a\n"
            + string.Concat(levels.Select(i => $"measure m{i} = max m{i - 1} + m{i - 2} of n{i} per a\n"))
            + "rule r on n90 per a when f90 > 3 and m90 > 5 then observe";
        var result = Example.Compile(text);
        Assert.False(result.HasErrors);
        Assert.Equal([true, false], result.Model!.Rules.Single().When.Select(c => c.IsFilter));
        Assert.True(result.Model.Measures.Last().Sensitive);
    }

    [Fact]
    public void A_large_pack_compiles()
    {
        var text = "pack p owner \"o\"\nentity a\nevent e { a: a  n: integer }\n" + string.Concat(Enumerable.Range(0, 2000).Select(i =>
            $"label l{i} of a\nmeasure m{i} = count of e per a over {i + 1}m\nrule r{i} on e per a when m{i} > {i} then label a as l{i} for 1d because \"{{m{i}}}\"\n"));
        var result = PolicyCompilation.Compile([new SourceText("a.policy", text)]);
        Assert.Equal(2000, result.Model!.Rules.Count());
    }
}
