using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.Values;
using PolicyEngine.Runtime.Functions;

namespace PolicyEngine.Oracle.State;

/// <summary>
/// Scores (I2) in units of 10⁻⁶, one state for each view. Within an instant the points are one integer sum on top of what the score
/// had decayed to when the instant began.
/// </summary>
internal sealed class Scores
{
    private readonly Dictionary<(ScoreSymbol Score, string Id, Sight Sight), Account> _accounts = [];

    private sealed record Account(double Value, long Time, int Position, double Base, long Points);

    public double Read(ScoreSymbol score, EntityKey entity, Sight sight, long now) =>
        _accounts.TryGetValue((score, entity.Id, sight), out var account) ? Decayed(account.Value, account.Time, score, now) / 1e6 : 0;

    /// <summary>Enforced points count in both views.</summary>
    public void Add(ScoreSymbol score, EntityKey entity, Sight sight, long points, long now, int position)
    {
        AddTo(score, entity, Sight.Shadow, points, now, position);
        if (sight == Sight.Enforced) AddTo(score, entity, Sight.Enforced, points, now, position);
    }

    private void AddTo(ScoreSymbol score, EntityKey entity, Sight sight, long points, long now, int position)
    {
        var key = (score, entity.Id, sight);
        var old = _accounts.GetValueOrDefault(key);
        var ground = old is null ? 0 : old.Position == position ? old.Base : Decayed(old.Value, old.Time, score, now);
        var sum = points + (old?.Position == position ? old.Points : 0);
        _accounts[key] = new Account(Math.Max(0, ground + sum), now, position, ground, sum);
    }

    private static double Decayed(double value, long since, ScoreSymbol score, long now) =>
        value * FixedMath.Exp2(-((double)(now - since) / score.HalfLife));
}
