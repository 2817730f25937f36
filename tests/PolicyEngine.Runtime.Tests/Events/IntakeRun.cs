using System.Text;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Events;

/// <summary>What came out of an intake, event by event: `id@τ`, with `late` behind late ones.</summary>
internal sealed class IntakeRun
{
    private readonly EventBatch batch;
    private readonly KeyTables tables;
    private readonly List<string> released = [];

    public IntakeRun(Plan plan, int capacity = 16)
    {
        tables = new KeyTables(plan.Domains, (1, 2));
        batch = new EventBatch(plan, capacity);
        Intake = new Intake(plan, tables, new EngineOptions(), Rejections.Add);
    }

    public Intake Intake { get; }

    public List<Rejection> Rejections { get; } = [];

    public string Released => string.Join(' ', released);

    public static Plan OneType(EngineLimits? limits = null) =>
        new PlanBuilder { Limits = limits ?? new EngineLimits() }.Event("e", Array.Empty<FieldPlan>()).Build();

    /// <summary>An event by id and by seconds.</summary>
    public static string Line(string id, double seconds) =>
        $$"""{"id":"{{id}}","type":"e","time":{{(long)(seconds * 1000)}}}""" + "\n";

    /// <summary>Gives text to a source in pieces of a length, as a reader with a small buffer would.</summary>
    public IntakeRun Feed(int source, string text, int piece = int.MaxValue, bool isLast = false)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        int from = 0, to = 0;
        do
        {
            to = (int)Math.Min((long)to + piece, bytes.Length);
            from += Fill(source, bytes.AsMemory(from, to - from), isLast && to == bytes.Length);
        }
        while (to < bytes.Length);
        return this;
    }

    public IntakeRun Feed(int source, byte[] text)
    {
        Fill(source, text, false);
        return this;
    }

    public IntakeRun Finish()
    {
        Intake.Finish();
        Fill(0, default, false);
        return this;
    }

    public IntakeRun Drain()
    {
        Fill(0, default, false);
        return this;
    }

    private int Fill(int source, ReadOnlyMemory<byte> lines, bool isLast)
    {
        var all = 0;
        while (true)
        {
            var consumed = Intake.Fill(batch, source, lines[all..], isLast);
            all += consumed;
            for (var i = 0; i < batch.OrderCount; i++)
            {
                var row = batch.Order[i];
                released.Add($"{Encoding.UTF8.GetString(batch.Id(row))}@{batch.Taus[row] / 1000.0}{(batch.IsLate(row) ? "late" : "")}");
            }
            if (!batch.IsFull) return all;
        }
    }
}
