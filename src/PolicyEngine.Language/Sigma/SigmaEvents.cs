using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Sigma;

/// <summary>
/// The events that Sigma rules imply: Sigma declares none, so the fields of a type are all that the loaded rules read of it, each of them
/// `anything`. A rule that names fewer parts of a log source than a type has reads that type too.
/// </summary>
internal sealed class SigmaEvents(SigmaMapping mapping)
{
    private readonly SortedDictionary<string, Event> _events = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SigmaLogsource> _implied = new(StringComparer.Ordinal);

    private sealed record Event(TextSpan Place, SortedDictionary<string, TextSpan> Fields, SortedDictionary<string, FieldSyntax> Computed)
    {
        /// <summary>Fields that name entities, by the entity: under its name rules speak of it.</summary>
        public SortedDictionary<string, FieldSyntax> Entities { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>Makes the log source's own type known, before any rule asks for those it covers.</summary>
    public void Imply(SigmaLogsource logsource)
    {
        if (!logsource.IsEmpty && Mapped(logsource).Count == 0 && !mapping.ReportsOthers) _implied.TryAdd(logsource.EventName, logsource);
    }

    /// <summary>The types a rule reads, in byte order; none when its log source is not mapped.</summary>
    public IReadOnlyList<string> TypesOf(SigmaLogsource logsource)
    {
        var mapped = Mapped(logsource);
        if (mapped.Count > 0) return [.. mapped.SelectMany(e => e.Events).Distinct().Order(StringComparer.Ordinal)];
        if (logsource.IsEmpty) return [];
        return [.. _implied.Where(p => logsource.Covers(p.Value)).Select(p => p.Key).Order(StringComparer.Ordinal)];
    }

    /// <summary>The name that a field of a rule has on its events.</summary>
    public string Rename(SigmaLogsource logsource, string field)
    {
        foreach (var entry in Mapped(logsource))
            if (entry.Fields.TryGetValue(field, out var renamed)) return renamed;
        return field;
    }

    public void Read(string type, IEnumerable<string> fields, TextSpan place)
    {
        var read = Of(type, place);
        foreach (var field in fields)
            if (!read.Entities.ContainsKey(field)) read.Fields.TryAdd(field, place);
    }

    /// <summary>What tests give to a type, if rules read it.</summary>
    public void Give(string type, IEnumerable<string> fields, TextSpan place)
    {
        if (_events.TryGetValue(type, out var known)) Read(type, fields.Where(f => !SigmaNodes.IsBuiltin(f) && !known.Computed.ContainsKey(f)), place);
    }

    /// <summary>A field of its own name that stands for another of this type; false if it stands for a different one already.</summary>
    public bool Alias(string type, string name, string field, TextSpan place)
    {
        Read(type, [field], place);
        var computed = new FieldSyntax(place, SigmaNodes.Single(place, name), null, false, null, SigmaNodes.Field(place, field));
        var known = Of(type, place).Computed;
        return known.TryAdd(name, computed) || ((PathSyntax)known[name].Computed!).Path.Text == field;
    }

    /// <summary>A field that is the same on every event: the key of what has no other.</summary>
    public void One(string type, string name, TextSpan place) => Of(type, place).Computed.TryAdd(
        name, new FieldSyntax(place, SigmaNodes.Single(place, name), null, false, null, new TextLiteral(place, "all")));

    public IEnumerable<Statement> Declarations() =>
        _events.Select(e => new EventStatement(e.Value.Place, SigmaNodes.Name(e.Value.Place, e.Key), new TextLiteral(e.Value.Place, e.Key),
            [.. e.Value.Fields.Select(f => Field(f.Key, f.Value)), .. e.Value.Entities.Values, .. e.Value.Computed.Values]));

    private List<SigmaMappingEntry> Mapped(SigmaLogsource logsource) => mapping.Entries.FindAll(e => e.Logsource.Covers(logsource));

    private Event Of(string type, TextSpan place)
    {
        if (!_events.TryGetValue(type, out var found)) _events[type] = found = NewEvent(type, place);
        return found;
    }

    private Event NewEvent(string type, TextSpan place)
    {
        var made = new Event(place, new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        foreach (var (field, entity) in mapping.Entries.Where(e => e.Events.Contains(type)).SelectMany(e => e.Entities))
            made.Entities.TryAdd(entity.Value, new FieldSyntax(
                entity.Span, SigmaNodes.Single(entity.Span, entity.Value), new TypeSyntax(entity.Span, false, SigmaNodes.Single(entity.Span, entity.Value), Optional: true),
                false, new TextLiteral(entity.Span, field), null));
        return made;
    }

    private static FieldSyntax Field(string name, TextSpan place)
    {
        var anything = new TypeSyntax(place, false, new Syntax.Path(place, [new Name(place, "anything", Quoted: false)]), Optional: true);
        var outside = name == SigmaNodes.Everything ? "*" : SigmaNodes.IsBuiltin(name) ? name : null;
        return new FieldSyntax(place, SigmaNodes.FieldPath(place, name), anything, false, outside is null ? null : new TextLiteral(place, outside), null);
    }
}
