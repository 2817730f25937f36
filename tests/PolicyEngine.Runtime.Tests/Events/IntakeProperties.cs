using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Events;

public sealed class IntakeProperties
{
    private enum StepKind { Feed, Tick, Idle, Believe }

    private sealed record Step(StepKind Kind, int Source, string Lines, int Time);

    private static readonly EngineLimits Limits = new()
    {
        Skew = 20_000, Tolerance = 3_000, DuplicateHorizon = 3_600_000, DuplicateCap = 40, WaitingCap = 12, LineBytes = 80,
    };

    private static readonly string[] Odd =
        ["\n", "{}\n", "nonsense\n", new string('x', 200) + "\n", """{"id":"1","type":"no","time":0}""" + "\n", "\r\n"];

    private static readonly Gen<string> Line = Gen.Frequency(
        (12, Gen.Select(Gen.Int[0, 30], Gen.Int[0, 40], (id, time) => IntakeRun.Line($"e{id}", time))),
        (2, Gen.Select(Gen.Int[0, 30], Gen.Int[0, 20_000], (id, time) => IntakeRun.Line($"f{id}", time))),
        (1, Gen.Int[0, Odd.Length - 1].Select(i => Odd[i])));

    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.Frequency((8, Gen.Const(StepKind.Feed)), (1, Gen.Const(StepKind.Tick)), (1, Gen.Const(StepKind.Idle)), (1, Gen.Const(StepKind.Believe))),
        Gen.Int[0, 2], Line.Array[1, 12], Gen.Int[0, 60],
        (kind, source, lines, time) => new Step(kind, source, string.Concat(lines), time));

    [Theory]
    [InlineData(SourceMode.Ordered)]
    [InlineData(SourceMode.Immediate)]
    public void What_comes_out_does_not_depend_on_capacity_or_on_how_the_input_is_cut(SourceMode third) =>
        Gen.Select(AnyStep.Array[1, 12], Gen.Int[1, 60]).Sample((steps, piece) =>
        {
            var expected = Run(steps, 1000, int.MaxValue, third);
            return Run(steps, 1, int.MaxValue, third) == expected && Run(steps, 7, piece, third) == expected
                && Run(steps, 2, 1 + piece / 8, third) == expected;
        });

    [Fact]
    public void With_enough_lateness_every_shuffle_gives_the_order_of_the_sorted_file() =>
        Gen.Select(Gen.Int[0, 300].Array[1, 60], Gen.Int[0, 1_000_000]).Sample((times, salt) =>
        {
            var lines = times.Select((t, i) => IntakeRun.Line($"e{i}", t)).ToArray();
            var shuffled = lines.Index().OrderBy(l => (uint)((l.Index + 1) * (salt | 1)) * 0x9E3779B9).Select(l => l.Item).ToArray();
            return Whole(lines) == Whole(shuffled);
        });

    [Fact]
    public void Bytes_of_any_kind_never_throw() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            var run = new IntakeRun(IntakeRun.OneType(Limits));
            run.Intake.AddSource(new SourceOptions("s", SourceMode.Ordered));
            run.Feed(0, bytes).Feed(0, "\n" + IntakeRun.Line("after", 1)).Finish();
            return run.Released.EndsWith("after@1", StringComparison.Ordinal);
        });

    private static string Whole(string[] lines)
    {
        var run = new IntakeRun(IntakeRun.OneType());
        run.Intake.AddSource(new SourceOptions("s", SourceMode.Ordered, 400_000));
        return run.Feed(0, string.Concat(lines)).Finish().Released;
    }

    private static string Run(Step[] steps, int capacity, int piece, SourceMode third)
    {
        var run = new IntakeRun(IntakeRun.OneType(Limits), capacity);
        run.Intake.AddSource(new SourceOptions("a", SourceMode.Ordered, 4_000));
        run.Intake.AddSource(new SourceOptions("b", SourceMode.Ordered));
        run.Intake.AddSource(new SourceOptions("c", third));
        foreach (var step in steps) Take(run, step, piece);
        run.Finish();
        var counters = run.Intake.Counters;
        var text = new StringBuilder(run.Released);
        text.Append($" | {counters with { RejectedByReason = new Dictionary<string, long>(), UnknownFields = new Dictionary<string, long>() }}");
        foreach (var (reason, count) in counters.RejectedByReason) text.Append($" {reason} {count}");
        foreach (var rejection in run.Rejections) text.Append($" {rejection}");
        return text.ToString();
    }

    private static void Take(IntakeRun run, Step step, int piece)
    {
        switch (step.Kind)
        {
            case StepKind.Feed:
                run.Feed(step.Source, step.Lines, piece);
                break;
            case StepKind.Tick:
                run.Intake.Tick(step.Time * 1000L);
                run.Drain();
                break;
            case StepKind.Idle:
                run.Intake.SourceIdle(step.Source);
                run.Drain();
                break;
            default:
                run.Intake.Believe(step.Time * 1000L);
                break;
        }
    }
}
