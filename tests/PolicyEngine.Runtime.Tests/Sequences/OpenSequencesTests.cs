using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Sequences;

namespace PolicyEngine.Runtime.Tests.Sequences;

public sealed class OpenSequencesTests
{
    private const long Minute = 60_000;
    private const int Key = 7;

    /// <summary>The table of the semantics: each event with the states that are occupied after it, and whether it completes.</summary>
    [Fact]
    public void SignupPaymentTwoExchangesWithinAnHour()
    {
        var sequence = PlannedSequence.Parse("S, P, 2 E", 60 * Minute);
        var open = new OpenSequences(sequence.Shape, sequence.Steps.Count);
        (char Kind, string At, int[] States, bool Fires)[] table =
        [
            ('S', "9:00", [1], false), ('P', "9:10", [2], false), ('S', "9:20", [2, 1], false), ('P', "9:30", [2], false),
            ('E', "9:40", [3], false), ('E', "9:40", [], true), ('E', "10:25", [], false),
        ];
        for (var i = 0; i < table.Length; i++)
        {
            var (kind, at, states, fires) = table[i];
            var tau = TimeSpan.Parse(at, System.Globalization.CultureInfo.InvariantCulture).Ticks / TimeSpan.TicksPerMillisecond;
            Assert.Equal((at, fires), (at, open.Offer(Key, new PlannedEvent(sequence, kind, tau, 0, $"{kind}{i}"))));
            if (fires) Assert.Equal(["S2", "P3", "E4", "E5"], [Id(open.FirstId(0)), Id(open.FirstId(1)), Id(open.FirstId(2)), Id(open.LastId(2))]);
            Assert.Equal(states, open.StatesOf(Key));
        }
    }

    [Theory]
    // All steps lie within the span: at exactly its length it is over.
    [InlineData("A, B", 100, "A0 B99", "B99")]
    [InlineData("A, B", 100, "A0 B100", "")]
    // A later step is later; within repeats equal times count.
    [InlineData("A, B", 100, "A5 B5", "")]
    [InlineData("A, B", 100, "A5 B5.1", "B5.1")]
    [InlineData("2 A, B", 100, "A5 A5 B6", "B6")]
    [InlineData("A, 3 B", 100, "A5 B6 B6 B6", "B6")]
    // The newest of a repeated first step count, and each further one makes another sequence.
    [InlineData("2 A, B", 100, "A0 A50 A99 B140", "B140")]
    [InlineData("2 A, B", 100, "A0 A50 B100", "")]
    [InlineData("2 A, A", 100, "A0 A1 A2 A3", "A2 A3")]
    [InlineData("A, A", 100, "A0 A1 A2", "A1 A2")]
    // One event advances a partial by one at most.
    [InlineData("A, AB, B", 100, "A0 A1 B2", "B2")]
    [InlineData("A, AB, AB", 100, "A0 B1", "")]
    // What may not come drops the partial before steps see the event; before its place and behind it, it does not matter.
    [InlineData("A, not X, B", 100, "A0 X1 B2", "")]
    [InlineData("A, not X, B", 100, "X0 A1 B2", "B2")]
    [InlineData("A, not X, B, C", 100, "A0 B1 X2 C3", "C3")]
    [InlineData("A, not A, B", 100, "A0 A1 B2", "B2")]
    [InlineData("A, not B, B", 100, "A0 B1", "")]
    // The first of two is complete before the other begins: what is not to come between does not undo the first step's beginning.
    [InlineData("2 A, not X, B", 100, "A0 X1 A2 B3", "B3")]
    [InlineData("2 A, not X, B", 100, "A0 A1 X2 B3", "")]
    [InlineData("A, B; X", 100, "A0 X1 B2", "")]
    [InlineData("2 A, B; X", 100, "A0 X1 A2 B3", "")]
    [InlineData("A, B; A", 100, "A0 A1 B2", "B2")]
    // Completing consumes, and the newest of a state wins.
    [InlineData("A, B", 100, "A0 B1 B2", "B1")]
    [InlineData("A, B", 100, "A0 A50 B120", "B120")]
    [InlineData("A, B, C", 100, "A0 B1 A2 C3 B4 C5", "C3 C5")]
    public void Completes(string steps, long within, string events, string completing)
    {
        var sequence = PlannedSequence.Parse(steps, within);
        var open = new OpenSequences(sequence.Shape, sequence.Steps.Count);
        var completed = events.Split(' ').Where(e => open.Offer(Key, EventOf(sequence, e)));
        Assert.Equal(completing, string.Join(' ', completed));
    }

    [Fact]
    public void ConditionsOnEarlierStepsAreTestedAgainstThePartialThatWouldAdvance()
    {
        var sequence = PlannedSequence.Parse("A, B, C =0", 100);
        var open = new OpenSequences(sequence.Shape, sequence.Steps.Count);
        bool Offer(char kind, long tau, int number) => open.Offer(Key, new PlannedEvent(sequence, kind, tau, 0, $"{kind}{tau}", number));
        Assert.False(Offer('A', 0, 5));
        Assert.False(Offer('B', 1, 0));
        Assert.False(Offer('A', 2, 6));
        Assert.False(Offer('C', 3, 6));
        Assert.True(Offer('C', 4, 5));
        Assert.Equal(5, open.Kept[0].Long);
        Assert.False(Offer('B', 5, 0));
        Assert.True(Offer('C', 6, 6));
    }

    [Fact]
    public void KeysHaveNothingToDoWithOneAnother()
    {
        var sequence = PlannedSequence.Parse("A, B", 100);
        var open = new OpenSequences(sequence.Shape, sequence.Steps.Count);
        Assert.False(open.Offer(1, EventOf(sequence, "A0")));
        Assert.False(open.Offer(2, EventOf(sequence, "B1")));
        Assert.True(open.Open.Has(1));
        Assert.False(open.Open.Has(2));
        Assert.True(open.Offer(1, EventOf(sequence, "B2")));
        Assert.False(open.Open.Has(1));
    }

    [Fact]
    public void EvictionDropsTheKeysWhoseNewestEventIsOldest()
    {
        var sequence = PlannedSequence.Parse("2 A, B", 100);
        var open = new OpenSequences(sequence.Shape, sequence.Steps.Count);
        foreach (var (key, e) in new[] { (1, "A0"), (2, "A1"), (3, "A1"), (1, "A2") }) open.Offer(key, EventOf(sequence, e));
        Assert.Equal(4, open.Count);
        Assert.Equal(1, open.Evict(3, (a, b) => b.CompareTo(a)));
        Assert.Equal([[2, 1], [1], []], [open.StatesOf(1), open.StatesOf(2), open.StatesOf(3)]);
        Assert.True(open.Offer(1, EventOf(sequence, "B3")));
    }

    /// <summary>Against the letter of H1–H3: one place a state, all moved one by one, nothing shared, nothing swept.</summary>
    [Fact]
    public void MeansWhatTheStatesSayOneByOne()
    {
        var steps = OneOf("A", "2 A", "3 A", "AB").Select(
            OneOf("A", "B", "2 B", "B =0", "not X, B", "not A, B", "not X =0, 2 B", "3 AB", "2 A, B"),
            OneOf("", ", C", ", 2 A", ", not B, C", ", B =1"), OneOf("", "; X", "; X =0", "; A"),
            (first, second, third, until) => $"{first}, {second}{third}{until}");
        var events = Gen.Select(Gen.Int[0, 1], OneOf('A', 'A', 'B', 'B', 'C', 'X'), OneOf(0L, 0, 1, 7, 20), Gen.Int[0, 1], Gen.Int[0, 1]);
        Gen.Select(steps, OneOf(8L, 20, 40), events.Array[5, 60], Gen.Int[1, 9]).Sample((text, within, drawn, sweepEvery) =>
        {
            var sequence = PlannedSequence.Parse(text, within);
            var open = new OpenSequences(sequence.Shape, sequence.Steps.Count);
            var literal = new[] { new LiteralStates(sequence), new LiteralStates(sequence) };
            long tau = 0;
            for (var i = 0; i < drawn.Length; i++)
            {
                var (key, kind, step, order, number) = drawn[i];
                tau += step;
                var e = new PlannedEvent(sequence, kind, tau, order, $"e{i}", number);
                var expected = literal[key].Offer(e);
                if (i % sweepEvery == 0) open.Sweep(tau);
                Assert.Equal(expected, open.Offer(key, e) ? Ids(open, sequence) : null);
            }
        }, iter: 3_000);
    }

    private static string Ids(OpenSequences open, PlannedSequence sequence)
    {
        var text = new StringBuilder();
        foreach (var step in sequence.Shape.Present) text.Append($"{Id(open.FirstId(step))}-{Id(open.LastId(step))}:{open.Kept[step].Long} ");
        return text.ToString();
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Id(ReadOnlySpan<byte> id) => Encoding.UTF8.GetString(id);

    private static PlannedEvent EventOf(PlannedSequence sequence, string text)
    {
        var parts = text[1..].Split('.').Select(p => long.Parse(p, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return new PlannedEvent(sequence, text[0], parts[0], parts.Length > 1 ? parts[1] : 0, text, 0);
    }
}
