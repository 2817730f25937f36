namespace PolicyEngine.DryRun.Simulation;

internal enum Task : byte { Reasoning, Coding, ToolUse, Vision, Writing, Translation, Search, Chat, Analysis }

internal enum Surface : byte { Web, App, Api }

/// <summary>What somebody asks for and how: shared by all accounts of a kind.</summary>
internal sealed class Habit
{
    private const int Chances = 256;

    /// <summary>The models on offer; the last is new and comes with the event of its release.</summary>
    public static readonly string[] Models = ["small-3", "large-4-mini", "large-4", "large-5"];

    public static readonly string[] Tasks =
        ["reasoning", "coding", "tool_use", "vision", "writing", "translation", "search", "chat", "analysis"];

    public static readonly Habit Regular = new(
        [
            (Task.Chat, 30), (Task.Writing, 22), (Task.Search, 16), (Task.Coding, 14),
            (Task.Translation, 8), (Task.Reasoning, 6), (Task.Vision, 4),
        ],
        [40, 35, 25])
    {
        Session = 6, Gap = 75_000, Input = 420, Output = 900,
    };

    public static readonly Habit Worker = new(
        [(Task.Writing, 30), (Task.Coding, 28), (Task.Analysis, 18), (Task.Search, 10), (Task.Translation, 6), (Task.Reasoning, 8)],
        [15, 40, 45])
    {
        Session = 8, Gap = 60_000, Input = 1400, Output = 1300, Templates = 24,
    };

    public static readonly Habit Student = new(
        [(Task.Chat, 26), (Task.Reasoning, 22), (Task.Writing, 22), (Task.Coding, 18), (Task.Search, 12)],
        [55, 30, 15])
    {
        Session = 9, Gap = 55_000, Input = 500, Output = 1000,
    };

    /// <summary>One program, one customer, thousands of requests: some of them want the way to the answer shown.</summary>
    public static readonly Habit Builder = new(
        [(Task.Reasoning, 46), (Task.ToolUse, 24), (Task.Coding, 16), (Task.Analysis, 14)],
        [20, 40, 40])
    {
        Session = 24, Gap = 6_000, Input = 2600, Output = 2200, Templates = 235, Refused = 12,
    };

    public static readonly Habit Reseller = new(
        [(Task.Chat, 36), (Task.Writing, 24), (Task.Translation, 16), (Task.Search, 14), (Task.Coding, 10)],
        [50, 40, 10])
    {
        Session = 12, Gap = 20_000, Input = 700, Output = 900, Templates = 110, Refused = 6,
    };

    /// <summary>Measures models with questions that need steps, many at once.</summary>
    public static readonly Habit Evaluation = new(
        [(Task.Reasoning, 88), (Task.Coding, 8), (Task.Analysis, 4)],
        [30, 30, 40])
    {
        Session = 120, Gap = 4_000, Input = 700, Output = 2400, Templates = 250, Refused = 10, Insists = true,
    };

    public static readonly Habit AsksForReasoning = new(
        [(Task.Reasoning, 95), (Task.Analysis, 5)],
        [5, 15, 80])
    {
        Session = 50, Gap = 24_000, Input = 650, Output = 3000, Templates = 248, Refused = 8, Insists = true,
    };

    public static readonly Habit AsksForTools = new(
        [(Task.ToolUse, 45), (Task.Coding, 37), (Task.Vision, 18)],
        [10, 25, 65])
    {
        Session = 30, Gap = 14_000, Input = 2200, Output = 1900, Templates = 236, Refused = 10,
    };

    public static readonly Habit AsksForAll = new(
        [(Task.Coding, 34), (Task.ToolUse, 24), (Task.Reasoning, 24), (Task.Analysis, 18)],
        [20, 25, 55])
    {
        Session = 18, Gap = 22_000, Input = 1500, Output = 1800, Templates = 215, Refused = 6,
    };

    private readonly byte[] _tasks = new byte[Chances];
    private readonly byte[] _models = new byte[Chances];

    /// <param name="tasks">With their shares of 100.</param>
    /// <param name="models">Shares of 100 of <see cref="Models"/> without the new one.</param>
    private Habit((Task Task, int Share)[] tasks, int[] models)
    {
        Fill(_tasks, [.. tasks.Select(t => ((byte)t.Task, t.Share))]);
        Fill(_models, [.. models.Select((share, i) => ((byte)i, share))]);
    }

    /// <summary>Requests of one sitting, on average.</summary>
    public required int Session { get; init; }

    /// <summary>Milliseconds between two requests of a sitting, on average.</summary>
    public required long Gap { get; init; }

    /// <summary>Tokens of a request, on average; so too of the answer.</summary>
    public required int Input { get; init; }
    public required int Output { get; init; }

    /// <summary>Of 256 prompts, how many are made from a template.</summary>
    public int Templates { get; init; }

    /// <summary>Of 1024 requests, how many come too fast.</summary>
    public int Refused { get; init; } = 2;

    /// <summary>Reasoning is not only needed for the answer but asked for in so many words.</summary>
    public bool Insists { get; init; }

    public int TaskOf(byte chance) => _tasks[chance];

    public int ModelOf(byte chance) => _models[chance];

    private static void Fill(byte[] table, (byte Value, int Share)[] shares)
    {
        var all = shares.Sum(s => s.Share);
        var (filled, sum) = (0, 0);
        foreach (var (value, share) in shares)
        {
            sum += share;
            for (; filled < Chances * sum / all; filled++) table[filled] = value;
        }
    }
}
