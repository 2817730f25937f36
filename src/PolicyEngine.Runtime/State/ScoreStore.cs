using System.Runtime.InteropServices;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.State;

/// <summary>
/// Decaying scores (I2): at a change s = s · exp2(−Δ / half-life) + points, never below 0. Points arrive as integers of 10⁻⁶, and those
/// of one instant are one sum whatever stratum they come from, so that the cut at 0 cannot depend on the order of rules. The shadow
/// view takes the points of all rules; those without effect are kept by rule as well, since a promoted rule's are dropped (J3).
/// </summary>
internal sealed class ScoreStore(MarkSet marks)
{
    private readonly Dictionary<string, Tables> _byName = [];
    private Tables[] _tables = [];
    private int[] _domains = [];

    public void Bind(Plan plan)
    {
        foreach (var score in plan.Scores)
        {
            if (!_byName.TryGetValue(KeyOf(score), out var tables)) _byName[KeyOf(score)] = tables = new Tables();
            tables.HalfLife = score.HalfLife;
        }
        _tables = [.. plan.Scores.Select(s => _byName[KeyOf(s)])];
        _domains = [.. plan.Scores.Select(s => s.Domain)];
    }

    public double Read(int score, int entity, View view, long tau) => _tables[score].Of(view).Read(entity, tau, _tables[score].HalfLife) / 1e6;

    /// <param name="instant">Number of the instant: points of a later stratum join those of an earlier one.</param>
    /// <param name="points">10⁻⁶ each, the sum of all that counts in the view.</param>
    public void Add(int score, int entity, View view, (long Tau, long Number) instant, Int128 points)
    {
        marks.Set(_domains[score], entity);
        _tables[score].Of(view).Add(entity, instant, _tables[score].HalfLife, points);
    }

    /// <summary>Takes note of whose points without effect those of the shadow view are.</summary>
    public void Note(int score, int entity, string rule, long tau, Int128 points)
    {
        ref var part = ref CollectionsMarshal.GetValueRefOrAddDefault(_tables[score].Parts, (entity, rule), out _);
        part = (Decay(part.Value, tau - part.At, _tables[score].HalfLife) + (double)points, tau);
    }

    /// <summary>
    /// Forgets the points that a rule gave without effect (J3). The shadow view of those who had any begins anew: what is enforced, and
    /// what the other rules gave.
    /// </summary>
    public void DropShadow(string rule, long tau)
    {
        foreach (var tables in _byName.Values)
        {
            var dropped = tables.Parts.Keys.Where(p => p.Rule == rule).ToList();
            foreach (var part in dropped) tables.Parts.Remove(part);
            var left = tables.Parts.OrderBy(p => p.Key.Rule, StringComparer.Ordinal)
                .ToLookup(p => p.Key.Entity, p => Decay(p.Value.Value, tau - p.Value.At, tables.HalfLife));
            foreach (var (entity, _) in dropped)
                tables.Shadow.Set(entity, tau, Math.Max(0, tables.Enforced.Read(entity, tau, tables.HalfLife) + left[entity].Sum()));
        }
    }

    private static string KeyOf(ScorePlan score) => $"{score.Entity}.{score.Name}";

    private static double Decay(double value, long elapsed, long halfLife) =>
        value == 0 || elapsed == 0 ? value : value * FixedMath.Exp2(-(double)elapsed / halfLife);

    private sealed class Tables
    {
        public long HalfLife { get; set; }

        public Table Enforced { get; } = new();

        public Table Shadow { get; } = new();

        /// <summary>Decayed sums, without the cut at 0, of what each rule gave without effect.</summary>
        public Dictionary<(int Entity, string Rule), (double Value, long At)> Parts { get; } = [];

        public Table Of(View view) => view == View.Shadow ? Shadow : Enforced;
    }

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

        public void Set(int entity, long tau, double value)
        {
            var slot = _index.Find(entity);
            if (slot >= 0) _values[slot] = new Entry { Value = value, Ground = value, At = tau };
        }

        private static double Decayed(in Entry s, long tau, long halfLife) => Decay(s.Value, tau - s.At, halfLife);
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
