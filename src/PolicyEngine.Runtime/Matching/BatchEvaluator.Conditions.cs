using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Conditions: bitmaps of bitmaps, and tests on columns.</summary>
public sealed partial class BatchEvaluator
{
    private const int LargestCount = 32;

    private Vector Condition(Node node) => node.Op switch
    {
        Op.IsType => IsType(node),
        Op.And => And(node),
        Op.Or => Or(node),
        Op.Not => Not(node),
        Op.AtLeast when node.Target <= LargestCount => AtLeast(node),
        Op.IsMissing or Op.IsPresent or Op.IsNull => Presence(node),
        >= Op.Equal and <= Op.GreaterOrEqual => Comparison(node),
        Op.Between => Between(node),
        Op.InList or Op.InConstants or Op.InCidr => TestAlone(node),
        Op.TextTest when node.Inputs.Length == 1 => TestAlone(node),
        _ => RowByRow(node),
    };

    private Span<ulong> Words(ulong[] bits) => bits.AsSpan(0, _words);

    private Vector IsType(Node node)
    {
        var result = Own(node);
        var bits = Words(result.Bits);
        bits.Clear();
        foreach (var type in node.Types)
        {
            if (!_seenTypes[type]) continue;
            Comparisons.Compare(Op.Equal, (ReadOnlySpan<int>)_batch.Types, type, Words(_all), Words(_spare));
            Bitmaps.Or(bits, Words(_spare));
        }
        return result;
    }

    private Vector And(Node node)
    {
        var result = Own(node);
        var bits = Words(result.Bits);
        ReadOnlySpan<ulong> left = Words(_all);
        left.CopyTo(bits);
        foreach (var input in _ands[node.Id]!)
        {
            var any = !_holdsCostly[input] || Vectors.Find(input) is not null ? Bitmaps.And(bits, left, Words(Bits(input)))
                : _isCostly[input] ? AndCostly(bits, left, _nodes[input])
                : IsFew(left) ? AndRows(bits, left, input) : Bitmaps.And(bits, left, Words(Bits(input)));
            if (!any) break;
            left = bits;
        }
        return result;
    }

    private Vector Or(Node node)
    {
        var result = Own(node);
        var bits = Words(result.Bits);
        bits.Clear();
        foreach (var input in node.Inputs)
            Bitmaps.Or(bits, Words(Bits(input)));
        return result;
    }

    private Vector Not(Node node)
    {
        var result = Own(node);
        Bitmaps.Complement(Words(result.Bits), Words(Bits(node.Inputs[0])), _all);
        return result;
    }

    /// <summary>reached[j]: at least j + 1 of the conditions so far hold.</summary>
    private Vector AtLeast(Node node)
    {
        var result = Own(node);
        if (node.Target <= 0)
        {
            Words(_all).CopyTo(result.Bits);
            return result;
        }
        foreach (var input in node.Inputs) Bits(input);
        Span<ulong> reached = stackalloc ulong[LargestCount];
        for (var word = 0; word < _words; word++)
        {
            reached.Clear();
            foreach (var input in node.Inputs)
            {
                var holds = Bits(input)[word];
                for (var j = node.Target - 1; j > 0; j--)
                    reached[j] |= reached[j - 1] & holds;
                reached[0] |= holds;
            }
            result.Bits[word] = reached[node.Target - 1];
        }
        return result;
    }

    private Vector Presence(Node node)
    {
        var input = Vector(node.Inputs[0]);
        var result = Own(node);
        var bits = Words(result.Bits);
        if (node.Op == Op.IsPresent)
        {
            Operands.Mask(input, _all, bits);
            return result;
        }
        Bitmaps.Complement(bits, Words(input.Present), _all);
        if (node.Op != Op.IsNull) return result;
        if (input.Nulls is { } nulls) Bitmaps.And(bits, Words(nulls));
        else bits.Clear();
        return result;
    }

    private Vector Comparison(Node node)
    {
        if (_nodes[node.Inputs[0]].Op == Op.Constant) return RowByRow(node);
        var left = Vector(node.Inputs[0]);
        if (Value.IsTextKind(left.Kind)) return TextEqual(node, left);
        if (left.Kind == ValueKind.Boolean) return BooleanEqual(node, left);
        var result = Own(node);
        return Compare(node.Op, left, node.Inputs[1], Words(result.Bits)) ? result : RowByRow(node);
    }

    private Vector Between(Node node)
    {
        if (_nodes[node.Inputs[0]].Op == Op.Constant) return RowByRow(node);
        var value = Vector(node.Inputs[0]);
        var result = Own(node);
        var bits = Words(result.Bits);
        if (!Compare(Op.GreaterOrEqual, value, node.Inputs[1], bits)) return RowByRow(node);
        if (!Compare(Op.LessOrEqual, value, node.Inputs[2], Words(_spare))) return RowByRow(node);
        Bitmaps.And(bits, Words(_spare));
        return result;
    }

    /// <summary>A column against a constant or a column of numbers; false when there is no kernel for the pair.</summary>
    private bool Compare(Op op, Vector left, int right, Span<ulong> bits)
    {
        if (!Operands.IsNumber(left.Kind)) return false;
        if (_nodes[right].Op == Op.Constant)
        {
            Operands.Mask(left, _all, Words(_mask));
            return CompareConstant(op, left, _prepared.Constants[right], bits);
        }
        var other = Vector(right);
        if (!Operands.IsNumber(other.Kind)) return false;
        var mask = Words(_mask);
        Operands.Mask(left, _all, mask);
        Bitmaps.And(mask, Words(other.Present));
        CompareColumns(op, left, other, bits);
        return true;
    }

    private bool CompareConstant(Op op, Vector left, in Value constant, Span<ulong> bits)
    {
        if (!Operands.IsNumber(constant.Kind)) return false;
        if (Value.IsDoubleKind(left.Kind))
        {
            if (!Operands.TryExact(constant, out var number)) return false;
            Comparisons.Compare(op, (ReadOnlySpan<double>)left.Doubles, number, Words(_mask), bits);
            return true;
        }
        var bound = constant.Long;
        if (Value.IsDoubleKind(constant.Kind) && !Operands.TryAsLong(op, constant.Double, out bound)) return false;
        Comparisons.Compare(op, (ReadOnlySpan<long>)left.Longs, bound, Words(_mask), bits);
        return true;
    }

    private void CompareColumns(Op op, Vector left, Vector right, Span<ulong> bits)
    {
        var mask = Words(_mask);
        switch (Value.IsDoubleKind(left.Kind), Value.IsDoubleKind(right.Kind))
        {
            case (true, true):
                Comparisons.Compare<double>(op, left.Doubles, right.Doubles, mask, bits);
                break;
            case (false, false):
                Comparisons.Compare<long>(op, left.Longs, right.Longs, mask, bits);
                break;
            default:
                bits.Clear();
                foreach (var row in new RowSet(mask))
                {
                    var order = Value.IsDoubleKind(left.Kind)
                        ? -IntegerMath.Compare(right.Longs[row], left.Doubles[row]) : IntegerMath.Compare(left.Longs[row], right.Doubles[row]);
                    if (Tests.IsOrdered(op, order)) bits[row >> 6] |= 1UL << (row & 63);
                }
                break;
        }
    }

    private Vector BooleanEqual(Node node, Vector left)
    {
        var other = Vector(node.Inputs[1]);
        if (other.Kind != ValueKind.Boolean) return RowByRow(node);
        var result = Own(node);
        for (var word = 0; word < _words; word++)
            result.Bits[word] = _all[word] & left.Present[word] & other.Present[word] & ~(left.Bits[word] ^ other.Bits[word]);
        return result;
    }

    /// <summary>By handle where both sides have one of the same domain, else by the bytes of each row.</summary>
    private Vector TextEqual(Node node, Vector left)
    {
        var right = node.Inputs[1];
        if (_nodes[right].Op == Op.Constant)
        {
            if (_prepared.ConstantHandle(node.Id) is not (>= 0 and var handle) || left.Handles.Length == 0) return TestAlone(node);
            var equal = Own(node);
            Operands.Mask(left, _all, Words(_mask));
            Comparisons.Compare(Op.Equal, (ReadOnlySpan<int>)left.Handles, handle, Words(_mask), Words(equal.Bits));
            return equal;
        }
        var domain = _prepared.Domain(node.Inputs[0]);
        if (node.IgnoringCase || domain < 0 || domain != _prepared.Domain(right)) return RowByRow(node);
        var other = Vector(right);
        var result = Own(node);
        Operands.Mask(left, _all, Words(_mask));
        Bitmaps.And(Words(_mask), Words(other.Present));
        Comparisons.Compare<int>(Op.Equal, left.Handles, other.Handles, Words(_mask), Words(result.Bits));
        return result;
    }
}
