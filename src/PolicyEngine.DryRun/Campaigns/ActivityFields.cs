using PolicyEngine.Language.Model;

namespace PolicyEngine.DryRun.Campaigns;

/// <summary>What a field can tell about a campaign.</summary>
internal enum FieldRole { Type, Time, Member, Target, Template, Infrastructure }

/// <summary>A field to be read, by its place in the JSON object.</summary>
/// <param name="Bits">Infrastructure: length of the network's prefix when the value is to be read as a network; 0: as it stands.</param>
internal sealed record ActivityField(string Name, FieldRole Role, IReadOnlyList<string> Path, int Bits = 0);

/// <summary>
/// Which fields of a schema say what about a campaign, found from types alone: who acts (the link's entity), through what (addresses,
/// their networks, other entities), with which text (templates), and after what (texts of few values).
/// </summary>
internal sealed class ActivityFields
{
    private const string TypeName = "type";
    private const string TimeName = "time";

    public ActivityFields(PolicyModel model, EntitySymbol member)
    {
        var fields = model.Events.SelectMany(e => e.Fields).ToList();
        All =
        [
            new ActivityField(TypeName, FieldRole.Type, [TypeName]),
            new ActivityField(TimeName, FieldRole.Time, TimePath(fields)),
            .. fields.Select(f => Read(f, member)).OfType<ActivityField>().DistinctBy(f => (f.Name, f.Role)),
        ];
        References = model.Events.Where(e => e.Fields.All(f => f.Type.Entity != member)).Select(e => e.OutsideName).ToHashSet(StringComparer.Ordinal);
    }

    public IReadOnlyList<ActivityField> All { get; }

    /// <summary>Outside names of events that nobody in particular caused: releases and the like.</summary>
    public IReadOnlySet<string> References { get; }

    private static IReadOnlyList<string> TimePath(IEnumerable<FieldSymbol> fields) =>
        fields.FirstOrDefault(f => f.Name == TimeName && f.OutsidePath.Count > 0)?.OutsidePath ?? [TimeName];

    private static ActivityField? Read(FieldSymbol field, EntitySymbol member) => field.Computed is { } computed
        ? ReadComputed(field, computed)
        : field.Type.Kind switch
        {
            TypeKind.Entity when field.Type.Entity == member => new ActivityField(field.Name, FieldRole.Member, field.OutsidePath),
            TypeKind.Entity or TypeKind.Ip when !field.Sensitive => new ActivityField(field.Name, FieldRole.Infrastructure, field.OutsidePath),
            TypeKind.Text when !field.Sensitive => new ActivityField(field.Name, FieldRole.Target, field.OutsidePath),
            _ => null,
        };

    private static ActivityField? ReadComputed(FieldSymbol field, Expression computed)
    {
        if (computed is not CallExpression { Arguments: [FieldRead read, ..] } call) return null;
        var path = read.ByEvent[field.Event].OutsidePath;
        return (call.Function, call.Arguments) switch
        {
            (Function.Template, _) => new ActivityField(field.Name, FieldRole.Template, path),
            (Function.Subnet, [_, LiteralExpression { Value: long bits }]) =>
                new ActivityField(field.Name, FieldRole.Infrastructure, path, (int)bits),
            _ => null,
        };
    }
}
