using System.Text;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>What each test of a plan needs to find in its text, whatever way it was written.</summary>
internal static class TextNeeds
{
    /// <summary>Null for what is no test of one text against constants.</summary>
    public static TextNeed? Of(Node node, PreparedNodes prepared)
    {
        if (!node.IsPlain || node.Inputs.Length == 0) return null;
        var source = prepared.Nodes[node.Inputs[0]];
        if (source.Kind != ValueKind.Text || source.Op == Op.Constant) return null;
        return node.Op switch
        {
            Op.TextTest when node.Inputs.Length == 1 && node.Target < 0 => OfTest(node),
            Op.Equal when prepared.ConstantHandle(node.Id) < 0 && prepared.Constants[node.Inputs[1]] is { Kind: ValueKind.Text } constant =>
                Exact(node, TextOp.Equals, false, [constant.Utf8.ToArray()]),
            Op.InConstants when TextsOf(node) is { } texts => Exact(node, TextOp.Equals, false, texts),
            _ => null,
        };
    }

    private static TextNeed? OfTest(Node node)
    {
        if (TextsOf(node) is not { Count: > 0 } texts) return null;
        var all = node.Quantifier == Quantifier.All;
        return node.TextOp switch
        {
            TextOp.Like => OfPatterns(node, all, [.. texts.Select(t => NecessaryLiterals.OfLike(Encoding.UTF8.GetString(t)))]),
            TextOp.Matches => OfPatterns(node, all, [.. texts.Select(t => NecessaryLiterals.OfRegex(Encoding.UTF8.GetString(t), node.IgnoringCase))]),
            _ => Exact(node, node.TextOp, all, texts),
        };
    }

    /// <summary>Of several patterns one may match, so each needs something; when all must, what one of them needs is enough.</summary>
    private static TextNeed? OfPatterns(Node node, bool all, IReadOnlyList<byte[]>?[] needed)
    {
        IEnumerable<byte[]>? literals = all
            ? needed.Where(n => n is not null).MaxBy(n => n!.Min(t => t.Length))
            : needed.Contains(null) ? null : needed.SelectMany(n => n!);
        if (literals is null) return null;
        return new TextNeed(node, true, false, false, [.. Distinct(literals).Select(t => new Literal(TextOp.Contains, t))]);
    }

    private static TextNeed Exact(Node node, TextOp test, bool all, IEnumerable<byte[]> texts)
    {
        var folded = node.IgnoringCase ? texts.Select(t => CaseFolding.ToUpper(t)) : texts;
        var literals = Distinct(folded).Select(t => new Literal(test, t)).ToArray();
        return new TextNeed(node, node.IgnoringCase, all && literals.Length > 1, true, literals);
    }

    private static IEnumerable<byte[]> Distinct(IEnumerable<byte[]> texts) => texts.Distinct(ByteTextComparer.Instance);

    /// <summary>Null when something else than texts is among them.</summary>
    private static IReadOnlyList<byte[]>? TextsOf(Node node)
    {
        if (node.Constant is not { } constant) return null;
        IReadOnlyList<Constant> items = constant.Kind == ValueKind.List ? constant.Items : [constant];
        return items.All(i => i.Kind == ValueKind.Text) ? [.. items.Select(i => i.Text)] : null;
    }
}
