using PolicyEngine.Compiler.Planning;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>What a sequence keeps of the events of its steps: only what somebody reads, each value once.</summary>
internal sealed class KeptValues(LoweringContext context, int sequence, IReadOnlyList<SequenceStep> steps, View view)
{
    private readonly List<KeptPlan> _plans = [];

    public IReadOnlyList<KeptPlan> Plans => _plans;

    /// <summary>The node that reads the value later.</summary>
    public int Lower(StepRead read)
    {
        var scope = new Scope(view, context.Sources.TypesOf(steps[read.Step].Sources), []);
        var node = context.Expressions.Lower(read.Read, scope);
        var place = _plans.FindIndex(k => k.Step == read.Step && k.Node == node);
        if (place < 0)
        {
            place = _plans.Count;
            _plans.Add(new KeptPlan(read.Step, node, DefinitionText.HashOf(read)));
        }
        return Read(place, node, read.Type.Entity);
    }

    /// <summary>Sequences number their places each for itself, so a node says whose it is.</summary>
    private int Read(int place, int node, EntitySymbol? entity)
    {
        var kept = context.Nodes[node];
        return context.Nodes.Add(new Node(0, Op.Step, kept.Kind)
        {
            Target = place, Types = [sequence], IsPlain = false, MayBeMissing = true, Sensitive = kept.Sensitive, Element = kept.Element,
            Domain = entity is not null && kept.Op is Op.Field or Op.FieldByType ? context.Schema.EntityDomain(entity!) : -1,
        });
    }
}
