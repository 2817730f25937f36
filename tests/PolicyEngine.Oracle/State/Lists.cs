using System.Globalization;
using System.Net;
using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.Values;

namespace PolicyEngine.Oracle.State;

/// <summary>Lists (I3): what is written in the packs, what operators edited and what rules added or removed.</summary>
internal sealed class Lists
{
    private readonly Dictionary<ListSymbol, List<(object Value, Presence Presence)>> _entries = [];

    public Lists(PolicyModel model)
    {
        foreach (var list in model.Lists)
            _entries[list] = [.. list.Entries.Select((e, i) =>
                (e.Value, new Presence(new Grant(long.MinValue, list.EntryFacts.ElementAtOrDefault(i)?.Expires), EnforcedAt: 0)))];
    }

    public IEnumerable<object> In(ListSymbol list, Sight sight, long now) =>
        _entries[list].Where(entry => entry.Presence.Has(sight, now)).Select(entry => entry.Value);

    public bool Contains(ListSymbol list, object value, bool ignoringCase, Sight sight, long now) =>
        In(list, sight, now).Any(entry => Matches(entry, value, ignoringCase || list.IgnoringCase));

    /// <summary>Whether this very entry is there.</summary>
    public bool Has(ListSymbol list, object value, Sight sight, long now) =>
        In(list, sight, now).Any(entry => Value.Same(entry, value, list.IgnoringCase));

    public static bool Matches(object entry, object value, bool ignoringCase) => (entry, value) switch
    {
        (IPNetwork network, IPAddress address) => Value.Contains(network, address),
        _ => Value.Same(entry, value, ignoringCase),
    };

    public void Add(ListSymbol list, object value, Sight sight, long now, long? end, long order) =>
        Change(list, value, old => old.Add(sight, now, end, order));

    public void Remove(ListSymbol list, object value, Sight sight, long order) => Change(list, value, old => old.Remove(sight, order));

    private void Change(ListSymbol list, object value, Func<Presence, Presence> change)
    {
        var entries = _entries[list];
        var at = entries.FindIndex(entry => Value.Same(entry.Value, value, list.IgnoringCase));
        if (at < 0) entries.Add((value, change(new Presence())));
        else entries[at] = (entries[at].Value, change(entries[at].Presence));
    }

    /// <summary>A value as an operator writes it, read by the element type of the list.</summary>
    public static object Parse(ListSymbol list, string text) => list.Element.Kind switch
    {
        TypeKind.Entity => new EntityKey(list.Element.Entity!.Name, text),
        TypeKind.Integer => long.Parse(text, CultureInfo.InvariantCulture),
        TypeKind.Number => double.Parse(text, CultureInfo.InvariantCulture),
        TypeKind.Ip => Value.Unmapped(IPAddress.Parse(text)),
        TypeKind.Cidr => IPNetwork.Parse(text),
        _ => text,
    };
}
