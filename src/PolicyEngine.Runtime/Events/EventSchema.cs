using System.Text;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Events;

/// <summary>A value to decode: into a column, or (−1) only to check that a declared field is what it should be.</summary>
internal sealed record Target(int Index, string Name, ValueKind Kind, ValueKind Element, int Column)
{
    /// <summary>A path read as several kinds is one field where fields are counted.</summary>
    public required bool IsFirstOfName { get; init; }
    public required bool TakesAnything { get; init; }
}

/// <summary>A field of an event type as its target, with the name that rejections call it by.</summary>
internal readonly record struct FieldCheck(int Target, string Name, bool Optional);

/// <summary>What one event type asks of a line. Slots: which of the frame's paths it takes. Masks are over targets.</summary>
internal sealed class TypeSchema(int targets)
{
    public required int IdSlot { get; init; }
    public required int TimeSlot { get; init; }
    /// <summary>−1: the digits below the millisecond.</summary>
    public required int SequenceSlot { get; init; }
    /// <summary>The target of the text that all values make; −1: none.</summary>
    public int Whole { get; set; } = -1;
    public List<FieldCheck> Checks { get; } = [];
    public ulong[] Required { get; } = new ulong[(targets + 63) >> 6];
    public ulong[] Used { get; } = new ulong[(targets + 63) >> 6];
    /// <summary>Targets on a path that this type declares in some kind: not unknown here.</summary>
    public ulong[] Known { get; } = new ulong[(targets + 63) >> 6];
}

/// <summary>The plan as the decoder needs it: a tree of member names, the targets at its leaves, and what each type requires.</summary>
internal sealed class EventSchema
{
    private readonly List<Target> targets = [];
    private readonly KeyTable typeNames = new((0xA24BAED4963EE407, 0x9FB21C651E98DF25));
    private readonly List<int> typeOfName = [];
    private readonly List<byte[]> namesOfTypes = [];
    private byte[]? lastName;
    private int lastType;
    private readonly Dictionary<(string Path, ValueKind Kind, ValueKind Element, bool Anything), int> checkOnly = [];
    private readonly Dictionary<(MemberRole Role, string Path), int> frameSlots = [];

    public EventSchema(Plan plan)
    {
        Plan = plan;
        foreach (var column in plan.Columns)
            AddTarget(column.Path, (column.Kind, column.Element, column.TakesAnything), column.Index);
        foreach (var field in plan.EventTypes.SelectMany(t => t.Fields).Where(f => f.Column < 0))
            AddCheck(field);
        MakesTexts = targets.Exists(t => t.TakesAnything);
        TypeSlot = AddFrame(MemberRole.Type, ["type"]);
        foreach (var name in (string[])["id", "time", "type", "source"])
            Root.Child(name, name).IsReserved = true;
        Lists = [.. targets.Where(t => t.Kind == ValueKind.List).Select(t => t.Index)];
        Types = [.. plan.EventTypes.Select(AddType)];
    }

    public Plan Plan { get; }

    public PathNode Root { get; } = new("");

    public IReadOnlyList<Target> Targets => targets;

    /// <summary>A line may make texts that are together longer than twice its own: values in lines, and the text of all.</summary>
    public bool MakesTexts { get; }

    /// <summary>Targets that are lists.</summary>
    public int[] Lists { get; }

    public TypeSchema[] Types { get; }

    public int MaskWords => (targets.Count + 63) >> 6;

    public int FrameSlotCount => frameSlots.Count;

    public int TypeSlot { get; }

    /// <summary>The type of an outside name, −1 if the plan has none.</summary>
    public int FindType(ReadOnlySpan<byte> outsideName)
    {
        // Most lines are of the type of the line before.
        if (lastName is not null && outsideName.SequenceEqual(lastName)) return lastType;
        var name = typeNames.Find(outsideName);
        if (name < 0) return -1;
        (lastName, lastType) = (namesOfTypes[name], typeOfName[name]);
        return lastType;
    }

    private TypeSchema AddType(EventTypePlan type)
    {
        var name = Encoding.UTF8.GetBytes(type.OutsideName);
        if (typeNames.Intern(name) == typeOfName.Count)
        {
            typeOfName.Add(type.Index);
            namesOfTypes.Add(name);
        }
        var schema = new TypeSchema(targets.Count)
        {
            IdSlot = AddFrame(MemberRole.Id, type.IdPath ?? ["id"]),
            TimeSlot = AddFrame(MemberRole.Time, type.TimePath ?? ["time"]),
            SequenceSlot = type.SequencePath is null ? -1 : AddFrame(MemberRole.Sequence, type.SequencePath),
        };
        foreach (var field in type.Fields)
            Use(schema, field.Column >= 0 ? field.Column : checkOnly[(Key(field.Path), field.Kind, ElementOf(field), field.TakesAnything)], field.Name, field.Optional);
        foreach (var column in type.Required.Concat(type.Columns))
        {
            if (!Has(schema.Used, column)) Use(schema, column, targets[column].Name, !type.Required.Contains(column));
            else if (type.Required.Contains(column)) Set(schema.Required, column);
        }
        foreach (var target in targets)
            if (schema.Checks.Exists(c => targets[c.Target].Name == target.Name)) Set(schema.Known, target.Index);
        return schema;
    }

    private void Use(TypeSchema schema, int target, string name, bool optional)
    {
        if (IsWhole(targets[target])) schema.Whole = target;
        schema.Checks.Add(new FieldCheck(target, name, optional));
        Set(schema.Used, target);
        if (!optional) Set(schema.Required, target);
    }

    private int AddFrame(MemberRole role, IReadOnlyList<string> path)
    {
        if (!frameSlots.TryGetValue((role, Key(path)), out var slot))
        {
            frameSlots.Add((role, Key(path)), slot = frameSlots.Count);
            foreach (var (leaf, nested) in Leaves(path)) leaf.Frame.Add(new FrameUse(slot, nested));
        }
        return slot;
    }

    private void AddCheck(FieldPlan field)
    {
        var key = (Key(field.Path), field.Kind, ElementOf(field), field.TakesAnything);
        if (!checkOnly.ContainsKey(key)) checkOnly.Add(key, AddTarget(field.Path, (field.Kind, ElementOf(field), field.TakesAnything), -1));
    }

    private int AddTarget(IReadOnlyList<string> path, (ValueKind Kind, ValueKind Element, bool Anything) takes, int column)
    {
        targets.Add(new Target(targets.Count, Join(path), takes.Kind, takes.Element, column)
        {
            IsFirstOfName = !targets.Exists(t => t.Name == Join(path)),
            TakesAnything = takes.Anything,
        });
        if (IsWhole(targets[^1])) return targets.Count - 1;
        foreach (var (leaf, nested) in Leaves(path)) leaf.Targets.Add(new TargetUse(targets.Count - 1, nested));
        return targets.Count - 1;
    }

    private IEnumerable<(PathNode Leaf, bool IsNested)> Leaves(IReadOnlyList<string> path)
    {
        var node = Root;
        for (var i = 0; i < path.Count; i++) node = node.Child(path[i], Join(path.Take(i + 1)));
        yield return (node, true);
        if (path.Count > 1) yield return (Root.Child(Join(path), Join(path)), false);
    }

    /// <summary>A field without a column does not say what its list holds: any one kind of element is let through.</summary>
    private static ValueKind ElementOf(FieldPlan field) => field.Kind == ValueKind.List ? ValueKind.Missing : default;

    private static bool IsWhole(Target target) => target is { TakesAnything: true, Name: ColumnPlan.WholeEvent };

    private static string Key(IReadOnlyList<string> path) => string.Join('\0', path);

    private static string Join(IEnumerable<string> path) => string.Join('.', path);

    private static bool Has(ulong[] mask, int bit) => (mask[bit >> 6] >> (bit & 63) & 1) != 0;

    private static void Set(ulong[] mask, int bit) => mask[bit >> 6] |= 1UL << (bit & 63);
}
