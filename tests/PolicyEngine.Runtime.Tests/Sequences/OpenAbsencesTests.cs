using System.Text;
using PolicyEngine.Runtime.Sequences;

namespace PolicyEngine.Runtime.Tests.Sequences;

public sealed class OpenAbsencesTests
{
    private const long Hour = 3_600_000;
    private const long Monday = 0;
    private const int Key = 3;

    private readonly PlannedSequence _sequence = PlannedSequence.Parse("S, not V", 24 * Hour);

    /// <summary>The table of the semantics: sign-up not followed by verification within 24h.</summary>
    [Fact]
    public void SignupWithoutVerification()
    {
        var open = new OpenAbsences(_sequence.Shape, 2);
        open.Offer(Key, At('S', Monday + (9 * Hour), "first"));
        Assert.Equal(Monday + (33 * Hour), open.NextDue);
        open.Offer(Key, At('S', Monday + (15 * Hour), "second"));
        Assert.Equal(Monday + (33 * Hour), open.NextDue);
        Assert.Equal(1, open.Count);
        open.Offer(Key, At('V', Monday + (33 * Hour) - 1, "verified"));
        Assert.Null(open.NextDue);
        Assert.Equal(0, open.Count);
    }

    [Fact]
    public void FiresAtTheDeadlineBeforeWhatComesThen()
    {
        var open = new OpenAbsences(_sequence.Shape, 2);
        open.Offer(Key, At('S', Monday + (9 * Hour), "first", 42));
        Assert.Equal(["first 42"], Due(open, Monday + (33 * Hour)));
        open.Offer(Key, At('V', Monday + (33 * Hour), "late"));
        Assert.Empty(Due(open, Monday + (99 * Hour)));
    }

    [Theory]
    // At the same time U cancels on either side of T.
    [InlineData("S, not V", "S0 V0", "")]
    [InlineData("S, not V", "V0 S0", "")]
    [InlineData("S, not V", "V0 S1", "S1")]
    // An event that is both T and U cancels what came before and waits for the next.
    [InlineData("S, not S", "S0 S50", "S50")]
    [InlineData("S, not S", "S0 S100", "S0 S100")]
    [InlineData("S, not S", "S7", "S7")]
    // The oldest pending stands; once it has fired, or was cancelled, the next one counts.
    [InlineData("S, not V", "S0 S60 S120", "S0 S120")]
    [InlineData("S, not V", "S0 V10 S60", "S60")]
    [InlineData("S, not V; X", "S0 X0 S40", "S40")]
    [InlineData("S, not V; X", "X0 S0 S40", "S40")]
    // Only a U that has to do with the T cancels it, whichever comes first.
    [InlineData("S, not V =0", "S0#1 V1#2", "S0#1")]
    [InlineData("S, not V =0", "S0#1 V1#1", "")]
    [InlineData("S, not V =0", "V0#2 S0#1", "S0#1")]
    [InlineData("S, not V =0", "V0#1 V0#2 S0#1", "")]
    public void Deadlines(string steps, string events, string fired)
    {
        var sequence = PlannedSequence.Parse(steps, 100);
        var open = new OpenAbsences(sequence.Shape, 2);
        var due = new List<string>();
        foreach (var text in events.Split(' '))
        {
            var parts = text[1..].Split('#').Select(p => int.Parse(p, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            due.AddRange(Due(open, parts[0]));
            open.Offer(Key, new PlannedEvent(sequence, text[0], parts[0], 0, text, parts.Length > 1 ? parts[1] : 0));
        }
        due.AddRange(Due(open, 1_000));
        Assert.Equal(fired, string.Join(' ', due.Select(d => d.Split(' ')[0])));
    }

    [Fact]
    public void ACancelledDeadlineSetAgainAtTheSameTimeFiresOnce()
    {
        var sequence = PlannedSequence.Parse("S, not V =0", 100);
        var open = new OpenAbsences(sequence.Shape, 2);
        foreach (var (kind, number) in new[] { ('S', 1), ('V', 1), ('S', 2) })
            open.Offer(Key, new PlannedEvent(sequence, kind, 0, 0, $"{kind}{number}", number));
        Assert.Equal(["S2 2"], Due(open, 100));
    }

    private PlannedEvent At(char kind, long tau, string id, int number = 0) => new(_sequence, kind, tau, 0, id, number);

    private static List<string> Due(OpenAbsences open, long tau)
    {
        var keys = new List<int>();
        open.CollectDue(tau, keys);
        var shown = new List<string>();
        foreach (var key in keys)
        {
            open.Take(key);
            shown.Add($"{Encoding.UTF8.GetString(open.Id)} {open.Kept[0].Long}");
        }
        return shown;
    }
}
