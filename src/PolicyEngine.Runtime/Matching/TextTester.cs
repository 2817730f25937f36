using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// One TextTest node. Patterns that are constants or a list are prepared once and again when the list is edited; patterns from the
/// event are compared as they come. An operand that is a list is asked for its elements.
/// </summary>
internal sealed class TextTester
{
    private readonly Node _node;
    private readonly ListState? _list;
    private Value[] _values = [];
    private TextPatterns? _patterns;
    private int _version = -1;
    private long _validFrom;
    private long _validTo;

    public TextTester(Node node, Lists lists)
    {
        _node = node;
        _list = node.Target >= 0 ? lists[node.Target] : null;
        if (node.Constant is not { } constant) return;
        Take(constant.Kind == ValueKind.List ? [.. constant.Items.Select(Value.Of)] : [Value.Of(constant)]);
    }

    /// <summary>The patterns do not depend on the row: answers may be remembered by text until <see cref="ListVersion"/> changes.</summary>
    public bool IsFixed => _node.Inputs.Length == 1 && _list is not { HasEnds: true };

    public int ListVersion => _list?.Version ?? 0;

    /// <summary>Against the constants or the list.</summary>
    public bool Test(in Value operand, long tau)
    {
        if (operand.IsMissing) return false;
        if (_list is not null) Refresh(tau);
        if (operand.Kind == ValueKind.List) return _node.Quantifier == Quantifier.All ? AllInElements(operand) : AnyInElements(operand);
        return _node.Quantifier == Quantifier.All ? Patterns.All(operand.Utf8) : Patterns.Any(operand.Utf8);
    }

    /// <summary>Against a value of the event: a text, or a list under any and all.</summary>
    public bool Test(in Value operand, in Value pattern)
    {
        if (operand.IsMissing || pattern.IsMissing) return false;
        if (pattern.Kind != ValueKind.List) return Holds(operand, pattern);
        var all = _node.Quantifier == Quantifier.All;
        for (var i = 0; i < pattern.Count; i++)
        {
            if (Holds(operand, pattern.Item(i)) != all) return !all;
        }
        return all;
    }

    private bool Holds(in Value operand, in Value pattern)
    {
        if (operand.Kind != ValueKind.List) return TextPatterns.Test(_node.TextOp, _node.IgnoringCase, operand.Utf8, pattern.Utf8);
        for (var i = 0; i < operand.Count; i++)
        {
            if (ElementEquals(operand.Item(i), pattern)) return true;
        }
        return false;
    }

    private bool AnyInElements(in Value operand)
    {
        foreach (ref readonly var value in _values.AsSpan())
        {
            if (HoldsInElements(operand, value)) return true;
        }
        return false;
    }

    private bool AllInElements(in Value operand)
    {
        foreach (ref readonly var value in _values.AsSpan())
        {
            if (!HoldsInElements(operand, value)) return false;
        }
        return true;
    }

    private bool HoldsInElements(in Value operand, in Value pattern)
    {
        for (var i = 0; i < operand.Count; i++)
        {
            if (ElementEquals(operand.Item(i), pattern)) return true;
        }
        return false;
    }

    private bool ElementEquals(in Value element, in Value pattern) =>
        _node.IgnoringCase && Value.IsTextKind(element.Kind)
            ? CaseFolding.EqualsIgnoringCase(element.Utf8, pattern.Utf8)
            : ValueOrder.AreEqual(element, pattern);

    /// <summary>What a list holds changes with edits and, by itself, when an entry ends.</summary>
    private void Refresh(long tau)
    {
        if (_version == _list!.Version && tau >= _validFrom && tau < _validTo) return;
        _version = _list.Version;
        (_validFrom, _validTo) = _list.StableSpan(tau);
        Take([.. _list.Present(tau, _node.View).Select(e => e.Value)]);
    }

    private void Take(Value[] values)
    {
        _values = values;
        _patterns = null;
    }

    /// <summary>Made when first asked for: of thousands of tests most find their literals nowhere, and never ask.</summary>
    private TextPatterns Patterns => _patterns ??= new TextPatterns(
        _node.TextOp, _node.IgnoringCase, [.. _values.Where(v => Value.IsTextKind(v.Kind)).Select(v => v.Utf8.ToArray())]);
}
