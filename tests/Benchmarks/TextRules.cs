using System.Text;

namespace PolicyEngine.Benchmarks;

/// <summary>
/// Rules about programs and their command lines, and events that hold the same words. How many literals a rule has, where they have to
/// stand, how long they are and how often rules share them follows public collections of detection rules.
/// </summary>
internal sealed class TextRules
{
    private const int Seed = 7;
    private const int Programs = 1_300;
    private const int Words = 6_000;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private readonly Random _random = new(Seed);
    private readonly string[] _programs;
    private readonly string[] _words;

    public TextRules()
    {
        _programs = [.. Enumerable.Range(0, Programs).Select(_ => $"{Word(3, 10)}.exe")];
        _words = [.. Enumerable.Range(0, Words).Select(i => (i % 4) switch { 0 => $"-{Word(2, 9)}", 1 => $"/{Word(1, 6)}:{Word(2, 6)}", _ => Word(3, 14) })];
    }

    public const string Head = """
        pack many
          owner  "engine"
          policy "none"
          stage  enforce
        event process {
          image: text?
          parent_image: text?
          command_line: text?
          parent_command_line: text?
          hashes: text?
          user: text?
          integrity: integer?
          size: integer?
          message: text?
        }

        """;

    /// <summary>Rules that are rarely true, though texts often hold some of their literals.</summary>
    public string Policy(int rules)
    {
        var text = new StringBuilder(Head);
        for (var i = 0; i < rules; i++) text.Append($"rule r{i} on each process when {Condition(i)} then observe\n");
        return text.ToString();
    }

    public string Line(int index)
    {
        var program = Common(_programs);
        var arguments = string.Join(' ', Enumerable.Range(0, _random.Next(2, 12)).Select(_ => Common(_words)));
        var parent = Common(_programs);
        var time = $"{index / 360_000 % 24:00}:{index / 6000 % 60:00}:{index / 100 % 60:00}.{index % 100:00}0";
        return $$"""
            {"id":"e{{index}}","type":"process","time":"2026-01-01T{{time}}Z",
            "image":"C:\\Windows\\System32\\{{program}}","parent_image":"C:\\Program Files\\{{parent}}",
            "command_line":"\"C:\\Windows\\System32\\{{program}}\" {{arguments}}","parent_command_line":"{{parent}} {{Common(_words)}}",
            "hashes":"MD5={{Hex(32)}},SHA256={{Hex(64)}}","user":"HOST\\{{Word(4, 8)}}",
            "integrity":{{_random.Next(5)}},"size":{{_random.Next(1_000_000)}},"message":"{{new string('.', 1200)}}"}
            """.ReplaceLineEndings("") + "\n";
    }

    private string Condition(int index)
    {
        var image = $"image ends with any of [{List(_random.Next(1, 4), () => $"\\\\{Any(_programs)}")}] ignoring case";
        return (index % 6) switch
        {
            0 => $"{image} and command_line contains all of [{List(_random.Next(2, 4), () => Any(_words))}] ignoring case",
            1 => $"{image} and command_line contains any of [{List(_random.Next(3, 9), () => $" {Any(_words)} {Any(_words)[..2]}")}] ignoring case and not parent_image ends with \"\\\\{Any(_programs)}\" ignoring case",
            2 => $"command_line contains any of [{List(_random.Next(1, 4), () => $"{Any(_words)} {Any(_words)}")}] ignoring case and (size > {index * 300} or user contains \"{Word(5, 9)}\" ignoring case)",
            3 => $"hashes contains any of [{List(_random.Next(1, 5), () => $"MD5={Hex(32)}")}] ignoring case",
            4 => $"parent_image ends with \"\\\\{Any(_programs)}\" ignoring case and {image} and integrity >= {index % 5}",
            _ => $"command_line matches '(?i){Word(5, 9)}\\s+[a-z]+\\d' or parent_command_line like \"*{Word(4, 8)}*{Word(4, 8)}*\" ignoring case",
        };
    }

    private static string List(int count, Func<string> item) => string.Join(", ", Enumerable.Range(0, count).Select(_ => $"\"{item()}\""));

    private string Any(string[] items) => items[_random.Next(items.Length)];

    /// <summary>Few are met often and most of them rarely.</summary>
    private string Common(string[] items) => items[(int)(items.Length * Math.Pow(_random.NextDouble(), 3))];

    private string Word(int least, int most) => new([.. Enumerable.Range(0, _random.Next(least, most + 1)).Select(_ => Letters[_random.Next(Letters.Length)])]);

    private string Hex(int digits) => _random.GetHexString(digits);
}
