using PolicyEngine.Runtime.State;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>Edge and cooldown of one rule, per key (C3).</summary>
internal sealed class EdgeStates
{
    /// <summary>Keys with an event in a window that an `on every` rule reads, since its last tick; a new plan must not forget them.</summary>
    public KeyList Touched { get; } = new();

    private readonly SlotIndex _index = new();
    private EdgeState[] _states = [];

    /// <summary>Keys whose condition was last seen true.</summary>
    public IEnumerable<int> HeldKeys => _states.Take(_index.Count).Where(s => s.Held).Select(s => s.Key);

    /// <summary>The rule has been promoted: what it would have done counts for nothing, neither as held nor as a cooldown (J3).</summary>
    public void ForgetWithoutEffect()
    {
        foreach (ref var state in _states.AsSpan(0, _index.Count))
        {
            state.Held &= state.HeldWithEffect;
            if (!state.FiredWithEffect) state.LastFired = long.MinValue;
        }
    }

    public bool Has(int key) => _index.Find(key) >= 0;

    public ref EdgeState Get(int key)
    {
        var slot = _index.Add(key, out var isNew);
        if (slot >= _states.Length) Array.Resize(ref _states, Math.Max(16, _states.Length * 2));
        if (isNew) _states[slot] = new EdgeState { Key = key, LastFired = long.MinValue };
        return ref _states[slot];
    }
}

internal struct EdgeState
{
    public int Key;
    public long LastSample;
    /// <summary>τ of the last firing, the least value before the first.</summary>
    public long LastFired;
    public int Suppressed;
    public bool Held;
    /// <summary>Since it is held, some firing was more than a note of what it would have done.</summary>
    public bool HeldWithEffect;
    /// <summary>The last firing was.</summary>
    public bool FiredWithEffect;
}
