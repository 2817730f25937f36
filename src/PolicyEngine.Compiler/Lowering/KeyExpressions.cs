using PolicyEngine.Language.Model;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>
/// Where each key part of a measure stands on every event that feeds or reads it. One node is made of them all, so that a reader on
/// another kind of event meets the very key under which the measure counts.
/// </summary>
internal static class KeyExpressions
{
    public static Dictionary<(MeasureSymbol, int), Dictionary<EventSymbol, Expression>> Collect(PolicyModel model)
    {
        var found = new Dictionary<(MeasureSymbol, int), Dictionary<EventSymbol, Expression>>();
        foreach (var measure in model.Measures)
            for (var i = 0; i < measure.Keys.Count; i++)
                found[(measure, i)] = new(measure.Keys[i].ByEvent);
        foreach (var read in Roots(model).SelectMany(ExpressionWalk.All).OfType<MeasureRead>().Where(r => !r.Explicit))
            for (var i = 0; i < read.Keys.Count; i++)
                Add(found[(read.Measure, i)], read.Keys[i]);
        return found;
    }

    private static void Add(Dictionary<EventSymbol, Expression> part, Expression key)
    {
        var fields = ExpressionWalk.All(key).OfType<FieldRead>().ToList();
        foreach (var symbol in fields.SelectMany(f => f.ByEvent.Keys).Distinct())
            if (fields.All(f => f.ByEvent.ContainsKey(symbol))) part.TryAdd(symbol, Restrict(key, symbol));
    }

    /// <summary>The same expression as it reads on one kind of event.</summary>
    private static Expression Restrict(Expression key, EventSymbol symbol) => key switch
    {
        FieldRead f => f with { ByEvent = new Dictionary<EventSymbol, FieldSymbol> { [symbol] = f.ByEvent[symbol] } },
        GroupRead g => g with { Member = Restrict(g.Member, symbol) },
        CallExpression c => c with { Arguments = [.. c.Arguments.Select(a => Restrict(a, symbol))] },
        _ => key,
    };

    private static IEnumerable<Expression> Roots(PolicyModel model)
    {
        foreach (var field in model.Events.SelectMany(e => e.Fields))
            if (field.Computed is { } computed) yield return computed;
        foreach (var named in model.NamedEvents)
            if (named.Where is { } where) yield return where;
        foreach (var measure in model.Measures)
        {
            if (measure.Where is { } where) yield return where;
            if (measure.Amount is { } amount) yield return amount;
        }
        foreach (var expression in model.Rules.SelectMany(RuleParts.Expressions)) yield return expression;
    }
}
