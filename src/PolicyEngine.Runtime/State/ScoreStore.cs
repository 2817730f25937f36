using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.State;

/// <summary>
/// Decaying scores (I2): at a change s = s · exp2(−Δ / half-life) + points, never below 0. Points arrive as integers of 10⁻⁶, and those
/// of one instant are one sum whatever stratum they come from, so that the cut at 0 cannot depend on the order of rules. The shadow
/// view takes the points of all rules.
/// </summary>
internal sealed class ScoreStore(MarkSet marks)
{
    private readonly Dictionary<string, (Table Enforced, Table Shadow)> _byName = [];
    private (Table Enforced, Table Shadow)[] _tables = [];
    private long[] _halfLives = [];
    private int[] _domains = [];

    public void Bind(Plan plan)
    {
        foreach (var score in plan.Scores)
            if (!_byName.ContainsKey(KeyOf(score))) _byName[KeyOf(score)] = (new Table(), new Table());
        _tables = [.. plan.Scores.Select(s => _byName[KeyOf(s)])];
        _domains = [.. plan.Scores.Select(s => s.Domain)];
        _halfLives = [.. plan.Scores.Select(s => s.HalfLife)];
    }

    public double Read(int score, int entity, View view, long tau) =>
        (view == View.Shadow ? _tables[score].Shadow : _tables[score].Enforced).Read(entity, tau, _halfLives[score]) / 1e6;

    /// <param name="instant">Number of the instant: points of a later stratum join those of an earlier one.</param>
    /// <param name="points">10⁻⁶ each, the sum of all that counts in the view.</param>
    public void Add(int score, int entity, View view, (long Tau, long Number) instant, Int128 points)
    {
        marks.Set(_domains[score], entity);
        (view == View.Enforced ? _tables[score].Enforced : _tables[score].Shadow).Add(entity, instant, _halfLives[score], points);
    }

    private static string KeyOf(ScorePlan score) => $"{score.Entity}.{score.Name}";

    private sealed class Table
    {
        private readonly SlotIndex _index = new();
        private Entry[] _values = [];

        public double Read(int entity, long tau, long halfLife)
        {
            var slot = _index.Find(entity);
            return slot < 0 ? 0 : Decayed(_values[slot], tau, halfLife);
        }

        public void Add(int entity, (long Tau, long Number) instant, long halfLife, Int128 points)
        {
            var slot = _index.Add(entity, out var isNew);
            if (slot >= _values.Length) Array.Resize(ref _values, Math.Max(16, _values.Length * 2));
            ref var entry = ref _values[slot];
            if (isNew || entry.Instant != instant.Number)
                entry = new Entry { Ground = isNew ? 0 : Decayed(entry, instant.Tau, halfLife), At = instant.Tau, Instant = instant.Number };
            entry.Points += points;
            entry.Value = Math.Max(0, entry.Ground + (double)entry.Points);
        }

        private static double Decayed(in Entry s, long tau, long halfLife) =>
            s.Value == 0 || s.At == tau ? s.Value : s.Value * FixedMath.Exp2(-(double)(tau - s.At) / halfLife);
    }

    /// <summary>A score since its last change: what it had decayed to when that instant began, and the points of the instant.</summary>
    private struct Entry
    {
        public double Value;
        public long At;
        public double Ground;
        public Int128 Points;
        public long Instant;
    }
}
