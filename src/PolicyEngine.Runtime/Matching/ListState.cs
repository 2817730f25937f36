using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// A list as it stands: the plan's entries and the edits since. Texts and entities are kept by bytes (folded where the list ignores
/// case), numbers by exact value (E6), addresses whole, cidr lists by prefix, longest first. Edits count from their place in the log.
/// </summary>
public sealed class ListState
{
    private readonly Dictionary<byte[], ListEntry> _texts = new(ByteTextComparer.Instance);
    private readonly Dictionary<byte[], ListEntry>.AlternateLookup<ReadOnlySpan<byte>> _byText;
    private readonly Dictionary<Bits128, ListEntry> _scalars = [];
    private readonly CidrEntries _networks = new();
    /// <summary>Only for lists that keep case: the entries by folded text, for tests that say `ignoring case`.</summary>
    private readonly Dictionary<byte[], List<ListEntry>> _foldedTexts = new(ByteTextComparer.Instance);
    private readonly Dictionary<byte[], List<ListEntry>>.AlternateLookup<ReadOnlySpan<byte>> _foldedLookup;
    private readonly bool _folds;
    private readonly FoldBuffer _fold = new();

    public ListState(ListPlan plan)
    {
        Name = plan.Name;
        Element = plan.Element;
        _folds = plan.IgnoringCase;
        _byText = _texts.GetAlternateLookup<ReadOnlySpan<byte>>();
        _foldedLookup = _foldedTexts.GetAlternateLookup<ReadOnlySpan<byte>>();
        TakePlan(plan);
    }

    public string Name { get; }

    public ValueKind Element { get; }

    /// <summary>Grows with every edit, so that remembered answers can be thrown away.</summary>
    public int Version { get; private set; }

    /// <summary>Some entry ends by itself: answers depend on the instant.</summary>
    public bool HasEnds { get; private set; }

    public bool IgnoringCase => _folds;

    public bool Contains(in Value value, long tau, View view) => Match(value, tau, view) is not null;

    /// <summary>The entry that answers for <paramref name="value"/> (for a cidr list the longest prefix), or null.</summary>
    public ListEntry? Match(in Value value, long tau, View view)
    {
        if (value.IsMissing) return null;
        if (value.Kind == ValueKind.Ip && Element == ValueKind.Cidr) return _networks.Longest(value.Network, tau, view);
        return Find(value) is { } entry && entry.IsPresent(tau, view) ? entry : null;
    }

    /// <summary>Whether this very entry is there; a network that contains an address is another entry.</summary>
    public bool Holds(in Value value, long tau, View view) => !value.IsMissing && Find(value)?.IsPresent(tau, view) == true;

    /// <summary>Adds until <paramref name="endsAt"/> (null: without end); an entry added before keeps the later end.</summary>
    public void Add(in Value value, long? endsAt, string? source, string? reason, View view)
    {
        if (value.IsMissing) return;
        var entry = FindOrAdd(value);
        var end = endsAt ?? long.MaxValue;
        if (view == View.Shadow)
            entry.Shadow = [.. Others(entry, source), entry.Shadow.FirstOrDefault(e => e.Source == source).Add(end, source, reason)];
        else
        {
            entry.Enforced = entry.Enforced.Add(end, source, reason);
            // Shadow rules see both: what is added after their removal is there again.
            entry.Shadow = [.. entry.Shadow.Select(e => e with { Hides = false })];
        }
        HasEnds |= end != long.MaxValue;
        Version++;
    }

    public void Add(Constant constant, long? endsAt, string? source, string? reason, View view) =>
        Add(Value.Of(constant), endsAt, source, reason, view);

    public void Remove(in Value value, string? source, string? reason, View view)
    {
        if (value.IsMissing || Find(value) is not { } entry) return;
        var edit = new ListEdit(true, null, source, reason);
        if (view == View.Shadow)
            entry.Shadow = [.. Others(entry, source).Where(e => e.Hides).Select(e => e with { EndsAt = null }), edit];
        else
        {
            entry.Enforced = edit;
            entry.Shadow = [];
        }
        Version++;
    }

    public void Remove(Constant constant, string? source, string? reason, View view) =>
        Remove(Value.Of(constant), source, reason, view);

    /// <summary>Forgets what shadow edits of <paramref name="source"/> did (J3).</summary>
    public void DropShadow(string source)
    {
        foreach (var entry in AllEntries())
        {
            if (entry.Shadow.Any(e => e.Source == source)) entry.Shadow = [.. Others(entry, source)];
        }
        Version++;
    }

    /// <summary>The entries that count at <paramref name="tau"/>.</summary>
    internal IEnumerable<ListEntry> Present(long tau, View view) => AllEntries().Where(e => e.IsPresent(tau, view));

    /// <summary>The span around <paramref name="tau"/> in which no entry ends: [from, to).</summary>
    internal (long From, long To) StableSpan(long tau)
    {
        var (from, to) = (long.MinValue, long.MaxValue);
        if (!HasEnds) return (from, to);
        foreach (var end in AllEntries().SelectMany(e => e.Shadow.Append(e.Enforced).Select(edit => edit.EndsAt).Append(e.Facts?.EndsAt)).OfType<long>())
        {
            if (end <= tau) from = Math.Max(from, end);
            else to = Math.Min(to, end);
        }
        return (from, to);
    }

    /// <summary>As <see cref="Contains"/>, but texts compare without case although the list itself does not.</summary>
    public bool ContainsFolded(in Value value, long tau, View view)
    {
        if (_folds || !Value.IsTextKind(value.Kind)) return Contains(value, tau, view);
        if (!_foldedLookup.TryGetValue(_fold.Fold(value.Utf8), out var entries)) return false;
        foreach (var entry in entries)
        {
            if (entry.IsPresent(tau, view)) return true;
        }
        return false;
    }

    /// <summary>Entries with an edit, in no order that means anything: sort before writing (M1).</summary>
    public IEnumerable<ListEntry> Edited() => AllEntries().Where(e => e.Enforced != default || e.Shadow.Count > 0);

    /// <summary>Puts back what <see cref="Edited"/> gave.</summary>
    public void Restore(in Value value, ListEdit enforced, IReadOnlyList<ListEdit> shadow)
    {
        var entry = FindOrAdd(value);
        entry.Enforced = enforced;
        entry.Shadow = shadow;
        HasEnds |= Ends(enforced) || shadow.Any(Ends);
        Version++;
    }

    /// <summary>Whether edits survive a move to <paramref name="plan"/>: the entries must mean the same.</summary>
    internal bool Fits(ListPlan plan) => plan.Element == Element && plan.IgnoringCase == _folds;

    /// <summary>A new plan's entries take the place of the old one's; edits stay.</summary>
    internal void TakePlan(ListPlan plan)
    {
        foreach (var entry in AllEntries()) (entry.InPlan, entry.Facts) = (false, null);
        for (var i = 0; i < plan.Entries.Count; i++) TakeEntry(plan.Entries[i], i < plan.Facts.Count ? plan.Facts[i] : null);
        Version++;
    }

    private void TakeEntry(Constant constant, EntryFacts? facts)
    {
        var entry = FindOrAdd(Value.Of(constant));
        if (entry.InPlan && (entry.Facts?.EndsAt is null || facts?.EndsAt <= entry.Facts.EndsAt)) return;
        (entry.InPlan, entry.Facts) = (true, facts);
        HasEnds |= facts?.EndsAt is not null;
    }

    private static IEnumerable<ListEdit> Others(ListEntry entry, string? source) => entry.Shadow.Where(e => e.Source != source);

    private static bool Ends(ListEdit edit) => edit.EndsAt is not (null or long.MaxValue);

    private IEnumerable<ListEntry> AllEntries() => _texts.Values.Concat(_scalars.Values).Concat(_networks.All);

    private ListEntry? Find(in Value value)
    {
        if (Value.IsTextKind(value.Kind)) return _byText.TryGetValue(TextKey(value), out var text) ? text : null;
        if (Element == ValueKind.Cidr) return _networks.Find(value.Network, LengthOf(value));
        return _scalars.TryGetValue(ScalarKey(value), out var scalar) ? scalar : null;
    }

    private ListEntry FindOrAdd(in Value value)
    {
        if (Find(value) is { } found) return found;
        var entry = new ListEntry(value.Detach());
        if (Value.IsTextKind(value.Kind)) AddText(value, entry);
        else if (Element == ValueKind.Cidr) _networks.Add(value.Network, LengthOf(value), entry);
        else _scalars.Add(ScalarKey(value), entry);
        return entry;
    }

    /// <summary>An address in a list of networks is a network of one.</summary>
    private static int LengthOf(in Value value) => value.Kind == ValueKind.Ip ? 128 : value.PrefixLength;

    private void AddText(in Value value, ListEntry entry)
    {
        _texts.Add(TextKey(value).ToArray(), entry);
        if (_folds) return;
        if (!_foldedLookup.TryGetValue(_fold.Fold(value.Utf8), out var entries))
            _foldedTexts.Add(_fold.Fold(value.Utf8).ToArray(), entries = []);
        entries.Add(entry);
    }

    private ReadOnlySpan<byte> TextKey(in Value value) => _folds ? _fold.Fold(value.Utf8) : value.Utf8;

    /// <summary>Integers and the numbers equal to them share a key; other numbers stand beyond 64 bits.</summary>
    private static Bits128 ScalarKey(in Value value)
    {
        if (value.Kind == ValueKind.Ip) return value.Network;
        if (!Value.IsDoubleKind(value.Kind)) return new Bits128(0, (ulong)value.Long);
        var number = value.Double;
        var fits = number is >= -9223372036854775808.0 and < 9223372036854775808.0 && Math.Truncate(number) == number;
        return fits ? new Bits128(0, (ulong)(long)number) : new Bits128(1, BitConverter.DoubleToUInt64Bits(number));
    }
}
