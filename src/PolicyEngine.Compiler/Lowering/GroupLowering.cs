using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>Reads of groups, members and the measures over them to nodes.</summary>
internal sealed class GroupLowering(LoweringContext context)
{
    private readonly NodeTable _nodes = context.Nodes;

    public int Member(MemberRead read) => _nodes.Add(new Node(0, Op.Member, ValueKind.Entity)
    {
        IsPlain = false, Domain = context.Schema.EntityDomain(read.Type.Entity!), MayBeMissing = false,
    });

    public int Group(GroupRead read, Scope scope) => _nodes.Add(new Node(0, Op.Group, ValueKind.Entity)
    {
        Inputs = [context.Expressions.Handle(context.Expressions.Lower(read.Member, scope), read.Link.Entity)],
        Target = context.Links.IndexOf(read.Link, scope.View), Domain = context.Links.GroupDomain(read.Link), IsPlain = false, MayBeMissing = true,
    });

    public int Property(GroupPropertyRead read, Scope scope)
    {
        var group = context.Expressions.Lower(read.Group, scope);
        if (read.Property == GroupProperty.Id) return _nodes.Add(Op.ToText, ValueKind.Text, group);
        var (op, kind) = read.Property switch
        {
            GroupProperty.Size => (Op.GroupSize, ValueKind.Integer),
            GroupProperty.Age => (Op.GroupAge, ValueKind.Duration),
            _ => (Op.GroupReasons, ValueKind.Text),
        };
        return _nodes.Add(new Node(0, op, kind)
        {
            Inputs = [Handle(group)], Target = context.Links.IndexOf(LinkOf(read.Group), scope.View), IsPlain = false, MayBeMissing = true,
        });
    }

    public static bool IsOfGroups(MeasureSymbol measure) =>
        measure.OverLink is not null || measure.Around is not null || measure.Keys is [{ Type.Link: not null }];

    /// <summary>A measure per group, over members or around a value, read under its key.</summary>
    public int Measure(MeasureRead read, bool isOwnKey, Scope scope)
    {
        if (read.Measure.OverLink is not null)
        {
            var index = context.Links.IndexOfMembers(read.Measure, scope.View);
            var members = context.Links.Members[index];
            return _nodes.Add(new Node(0, Op.OverMembers, members.Result)
            {
                Inputs = [Handle(context.Expressions.Lower(read.Keys[0], scope))], Target = index, IsPlain = false, MayBeMissing = true,
                Sensitive = read.Measure.Sensitive,
            });
        }
        if (read.Measure.Around is null) return PerGroup(read, scope);
        var around = context.Links.IndexOfAround(read.Measure, scope.View);
        var own = context.Links.Arounds[around].Way.Value;
        return _nodes.Add(new Node(0, Op.Around, context.Links.Arounds[around].IsShare ? ValueKind.Share : ValueKind.Integer)
        {
            Inputs = [isOwnKey ? own : Explicit(read, own, scope)], Target = around, IsPlain = false, MayBeMissing = true,
        });
    }

    private int PerGroup(MeasureRead read, Scope scope)
    {
        var index = context.GroupMeasures.IndexOf(read.Measure, scope.View);
        var plan = context.GroupMeasures.Plans[index];
        return _nodes.Add(new Node(0, Op.GroupMeasure, plan.Result)
        {
            Inputs = [Handle(context.Expressions.Lower(read.Keys[0], scope))], Target = index, IsPlain = false, MayBeMissing = true,
            Sensitive = read.Measure.Sensitive,
        });
    }

    /// <summary>The handle node of a group.</summary>
    public int Handle(int group) => context.Expressions.Handle(group, null);

    public static LinkSymbol LinkOf(Expression group) => group is GroupRead read ? read.Link : group.Type.Link!;

    /// <summary>The handle node of a key that is written out, in the domains of the own one.</summary>
    public int Explicit(MeasureRead read, int own, Scope scope)
    {
        var node = _nodes[own];
        var domains = node.Op == Op.CompositeKey ? node.Inputs.Select(i => _nodes[i].Domain).ToArray() : [node.Domain];
        var parts = read.Keys.Select((k, i) =>
        {
            var value = context.Expressions.Lower(k, scope);
            return _nodes.Add(new Node(0, Op.Handle, _nodes[value].Kind) { Inputs = [value], Domain = domains[i], MayBeMissing = true });
        }).ToArray();
        return parts.Length == 1 ? parts[0]
            : _nodes.Add(new Node(0, Op.CompositeKey, ValueKind.Integer) { Inputs = parts, Domain = node.Domain, MayBeMissing = true });
    }
}
