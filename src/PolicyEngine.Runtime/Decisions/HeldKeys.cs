using System.Numerics;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>
/// One bit per rule and key: the condition was last seen true. Rules with one key node form a group, so that a look at a key's few
/// words tells every rule that a false sample could rearm (C7).
/// </summary>
internal sealed class HeldKeys
{
    private readonly int[] _rules;
    private readonly int _words;
    private ulong[] _bits = [];
    private long _held;

    /// <param name="keyNode">Node that gives the handle of the key on an event.</param>
    /// <param name="rules">Rules of the group, ascending; a rule's position is its bit.</param>
    public HeldKeys(int keyNode, IEnumerable<int> rules)
    {
        KeyNode = keyNode;
        _rules = [.. rules];
        _words = (_rules.Length + 63) >> 6;
    }

    public int KeyNode { get; }

    public IReadOnlyList<int> Rules => _rules;

    public bool IsEmpty => _held == 0;

    /// <summary>Told of keys for which a rule comes to be held.</summary>
    public Action<int>? OnHeld { get; set; }

    /// <summary>Words of bits a key.</summary>
    public int Words => _words;

    public ulong WordOf(int key, int word) => key >= 0 && (key * _words) + word < _bits.Length ? _bits[(key * _words) + word] : 0;

    public void Set(int bit, int key, bool held)
    {
        var word = (key * _words) + (bit >> 6);
        if (word >= _bits.Length) Array.Resize(ref _bits, Math.Max((key + 1) * _words, _bits.Length * 2));
        var mask = 1UL << (bit & 63);
        if (((_bits[word] & mask) != 0) == held) return;
        _bits[word] ^= mask;
        _held += held ? 1 : -1;
        if (held) OnHeld?.Invoke(key);
    }

    public bool IsHeld(int bit, int key)
    {
        var word = (key * _words) + (bit >> 6);
        return key >= 0 && word < _bits.Length && (_bits[word] >> (bit & 63) & 1) != 0;
    }

    /// <summary>Appends the rules held for a key, ascending.</summary>
    public void Collect(int key, ref RuleBuffer into)
    {
        var start = key * _words;
        if (key < 0 || start >= _bits.Length) return;
        for (var w = 0; w < _words; w++)
            for (var bits = _bits[start + w]; bits != 0; bits &= bits - 1)
                into.Add(_rules[(w << 6) + BitOperations.TrailingZeroCount(bits)]);
    }
}

/// <summary>A list of rule indices that is used again for every row.</summary>
internal struct RuleBuffer()
{
    private int[] _items = new int[16];

    public int Count { get; private set; }

    public readonly ReadOnlySpan<int> Items => _items.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(int rule)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
        _items[Count++] = rule;
    }

    public readonly void Sort() => _items.AsSpan(0, Count).Sort();
}
