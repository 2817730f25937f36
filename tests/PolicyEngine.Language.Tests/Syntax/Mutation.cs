using System.Text;

namespace PolicyEngine.Language.Tests.Syntax;

/// <summary>Texts that nobody would write: policies with holes, doubled pieces and strange letters, and sheer noise.</summary>
internal static class Mutation
{
    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", "\"", "'", "`", "--", "#", "//", "\\", "not ", "- ", "if ", "else ", " when ", " then ", " on ", "%", "==", "&&", "::",
        "10 minutes", "1e9", "99999999999999999999d", "2027-99-99", "\u200b", "\ud83d", "\ude00", "\u0000", "“a”", "\u001b[31m", "\r", "\n", "\nrule ", "\nlet ", "\nmeasure x = ",
        ",", ".", "<", ">", "of ", "by ", "is not ", "\\u{110000}", "\"{a", "''", ":", "?", "each ", "label ", "as ", "because ", "except ",
    ];

    public static string Of(int seed, IReadOnlyList<string> corpus)
    {
        var random = new Random(seed);
        return random.Next(8) switch
        {
            0 => Noise(random),
            1 => string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => Pieces[random.Next(Pieces.Length)])),
            2 => Mutate(random, new RandomPolicy(seed).Text()),
            _ => Mutate(random, Cut(random, corpus[random.Next(corpus.Count)])),
        };
    }

    private static string Cut(Random random, string text)
    {
        var start = random.Next(text.Length);
        return text.Substring(start, Math.Min(text.Length - start, random.Next(1500)));
    }

    private static string Mutate(Random random, string text)
    {
        var mutated = new StringBuilder(text);
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(mutated.Length + 1);
            if (random.Next(3) == 0) mutated.Remove(at, Math.Min(random.Next(12), mutated.Length - at));
            else if (random.Next(4) == 0) mutated.Insert(at, text.AsSpan(random.Next(text.Length + 1)) is { Length: > 40 } rest ? rest[..40] : "");
            else mutated.Insert(at, Pieces[random.Next(Pieces.Length)]);
        }
        return mutated.ToString();
    }

    private static string Noise(Random random)
    {
        var noise = new char[random.Next(300)];
        for (var i = 0; i < noise.Length; i++) noise[i] = random.Next(3) == 0 ? (char)random.Next(0x10000) : (char)random.Next(32, 127);
        return new string(noise);
    }
}
