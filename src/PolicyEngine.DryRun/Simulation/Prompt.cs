namespace PolicyEngine.DryRun.Simulation;

/// <summary>
/// The words of a request. People write what comes to their minds; programs fill in a template: the same words each time, then a number
/// and, behind a colon, a topic.
/// </summary>
internal static class Prompt
{
    private const int Longest = 11;
    private const int Shortest = 4;
    private const int TemplateWords = 6;
    private const int TopicWords = 2;

    public static void Free(ref Line line, int task, ulong chance)
    {
        Open(ref line, task, chance);
        chance = Draw.Mix(chance);
        var words = Shortest + (int)((chance >> 60) * (Longest - Shortest + 1) >> 4);
        for (var i = 0; i < words; i++)
        {
            if (i == Longest / 2) chance = Draw.Mix(chance);
            Word(ref line, ref chance);
        }
        line.Put((byte)((chance & 3) == 0 ? '?' : '.'));
    }

    /// <param name="template">The seed of the words that stay.</param>
    public static void FromTemplate(ref Line line, int task, ulong template, ulong chance)
    {
        Open(ref line, task, template);
        for (var i = 0; i < TemplateWords; i++) Word(ref line, ref template);
        line.Put((byte)' ');
        line.Number((int)(chance >> 8 & 0xFFFF));
        line.Put((byte)':');
        chance = Draw.Mix(chance);
        for (var i = 0; i < TopicWords; i++) Word(ref line, ref chance);
        line.Put((byte)'.');
    }

    private static void Open(ref Line line, int task, ulong chance) =>
        line.Put(Words.Openers[(task * Words.OpenersOfTask) + (int)(chance >> 61)]);

    /// <summary>Uses up ten bits of the chance.</summary>
    private static void Word(ref Line line, ref ulong chance)
    {
        line.Word((int)((chance & 1023) * (uint)Words.Count >> 10));
        chance >>= 10;
    }
}
