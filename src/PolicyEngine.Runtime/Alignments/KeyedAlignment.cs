namespace PolicyEngine.Runtime.Alignments;

/// <summary>
/// Alignment of members per key (G2): a bit for each member and slot of the block that runs, two sums for each block that is complete.
/// Events come with time running forward; only complete blocks count.
/// </summary>
/// <param name="slot">Milliseconds.</param>
/// <param name="blocks">Complete blocks that count.</param>
internal sealed class KeyedAlignment(long slot, long blocks)
{
    private sealed class KeyBlocks
    {
        public long Block { get; set; }
        public Dictionary<int, ulong> Running { get; } = [];
        public Queue<(long Block, Aligned Sums)> Complete { get; } = new();
        public Aligned Sum { get; set; }
    }

    private readonly Dictionary<int, KeyBlocks> _keys = [];

    public int Count => _keys.Count;

    public void Add(int key, int member, long tau)
    {
        if (!_keys.TryGetValue(key, out var state)) _keys[key] = state = new KeyBlocks { Block = BlockOf(tau) };
        Advance(state, tau);
        ref var bits = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(state.Running, member, out _);
        bits |= 1UL << (int)(Floor(tau, slot) - (state.Block * Aligned.Slots));
    }

    /// <summary>Of the last complete blocks before τ; nothing for a key that was never active.</summary>
    public Aligned Read(int key, long tau)
    {
        if (!_keys.TryGetValue(key, out var state)) return default;
        Advance(state, tau);
        return state.Sum;
    }

    /// <summary>Forgets keys of which nothing counts any more; changes no value.</summary>
    public void Sweep(long tau)
    {
        foreach (var (key, state) in _keys.ToList())
        {
            Advance(state, tau);
            if (state.Running.Count == 0 && state.Complete.Count == 0) _keys.Remove(key);
        }
    }

    private void Advance(KeyBlocks state, long tau)
    {
        var block = BlockOf(tau);
        if (block > state.Block && state.Running.Count > 0)
        {
            var sums = Aligned.OfBlock(state.Running.Values);
            state.Complete.Enqueue((state.Block, sums));
            state.Sum += sums;
            state.Running.Clear();
        }
        state.Block = Math.Max(state.Block, block);
        while (state.Complete.TryPeek(out var oldest) && oldest.Block < state.Block - blocks) state.Sum -= state.Complete.Dequeue().Sums;
    }

    private long BlockOf(long tau) => Floor(tau, slot * Aligned.Slots);

    private static long Floor(long value, long unit) => value >= 0 ? value / unit : ((value + 1) / unit) - 1;
}
