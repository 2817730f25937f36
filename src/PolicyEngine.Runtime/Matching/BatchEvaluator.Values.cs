using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Values and handles: fields that stand in different columns, arithmetic, functions, interning.</summary>
public sealed partial class BatchEvaluator
{
    private Vector ValueVector(Node node) => node.Op switch
    {
        Op.FieldByType when node.Kind != ValueKind.List => Gather(node),
        Op.Add or Op.Subtract or Op.Multiply or Op.Divide when Value.IsDoubleKind(node.Kind) => DoubleArithmetic(node),
        Op.Add or Op.Subtract or Op.Multiply when IsLongVector(node.Inputs[0]) && IsLongVector(node.Inputs[1]) => LongArithmetic(node),
        Op.ToText => CallAlone(node),
        Op.Call when IsOfOneColumn(node) => CallAlone(node),
        _ => RowByRow(node),
    };

    /// <summary>The one column that a field stands in on all types in the batch, else −1.</summary>
    private int OnlyColumn(Node node)
    {
        var column = -2;
        for (var type = 0; type < _seenTypes.Length; type++)
        {
            if (!_seenTypes[type]) continue;
            if (column != -2 && node.Types[type] != column) return -1;
            column = node.Types[type];
        }
        return Math.Max(column, -1);
    }

    private Vector Gather(Node node)
    {
        var result = Own(node);
        result.Clear(_count);
        var writer = new VectorWriter(result, _count, _capacity);
        foreach (var row in Rows)
        {
            var column = node.Types[_batch.Types[row]];
            if (column < 0) continue;
            var from = _batch.Columns[column];
            if (from.IsPresent(row) && result.Handles.Length > 0) result.Handles[row] = from.Handles[row];
            writer.Set(row, Cells.Read(from, row, null));
        }
        return result;
    }

    private bool IsLongVector(int node) => _nodes[node].Op != Op.Constant
        ? Operands.IsLong(_nodes[node].Kind) : Operands.IsLong(_prepared.Constants[node].Kind);

    private Vector DoubleArithmetic(Node node)
    {
        var result = Own(node);
        result.Clear(_count);
        if (!MaskOperands(node)) return result;
        var exact = node.Op == Op.Divide && IsLongVector(node.Inputs[0]) && IsLongVector(node.Inputs[1]);
        var left = new NumberOperand(this, node.Inputs[0]);
        var right = new NumberOperand(this, node.Inputs[1]);
        foreach (var row in new RowSet(Words(_mask)))
        {
            double value;
            if (!exact) value = Arithmetic.ToDouble(node.Op, left.Double(row), right.Double(row));
            else if (!IntegerMath.TryDivide(left.Long(row), right.Long(row), out value)) continue;
            if (!double.IsFinite(value)) continue;
            result.Doubles[row] = value + 0.0;
            result.SetPresent(row);
        }
        return result;
    }

    private Vector LongArithmetic(Node node)
    {
        var result = Own(node);
        result.Clear(_count);
        if (!MaskOperands(node)) return result;
        var left = new NumberOperand(this, node.Inputs[0]);
        var right = new NumberOperand(this, node.Inputs[1]);
        foreach (var row in new RowSet(Words(_mask)))
        {
            var fits = node.Op switch
            {
                Op.Add => IntegerMath.TryAdd(left.Long(row), right.Long(row), out result.Longs[row]),
                Op.Subtract => IntegerMath.TrySubtract(left.Long(row), right.Long(row), out result.Longs[row]),
                _ => IntegerMath.TryMultiply(left.Long(row), right.Long(row), out result.Longs[row]),
            };
            if (fits) result.SetPresent(row);
        }
        return result;
    }

    /// <summary>Rows on which all operands are present; false when a constant is missing and there are none.</summary>
    private bool MaskOperands(Node node)
    {
        // Computing an operand may use the mask, so all of them come first.
        foreach (var input in node.Inputs)
        {
            if (_nodes[input].Op != Op.Constant) Vector(input);
            else if (_prepared.Constants[input].IsMissing) return false;
        }
        var mask = Words(_mask);
        Words(_all).CopyTo(mask);
        foreach (var input in node.Inputs)
        {
            if (_nodes[input].Op != Op.Constant) Bitmaps.And(mask, Words(Vector(input).Present));
        }
        return true;
    }

    /// <summary>A function whose first argument is a column and whose second, if any, is a constant.</summary>
    private bool IsOfOneColumn(Node node)
    {
        var function = (PlanFunction)node.Target;
        if (function is PlanFunction.FirstPresent or PlanFunction.Smaller or PlanFunction.Larger or PlanFunction.Distance) return false;
        return _nodes[node.Inputs[0]].Op != Op.Constant && (node.Inputs.Length == 1 || _nodes[node.Inputs[1]].Op == Op.Constant);
    }

    private Vector CallAlone(Node node)
    {
        var source = _nodes[node.Inputs[0]];
        if (source.Op == Op.Constant) return RowByRow(node);
        var input = Vector(source.Id);
        var second = node.Inputs.Length > 1 ? _prepared.Constants[node.Inputs[1]] : Value.Missing;
        var result = Own(node);
        Operands.Mask(input, _all, Words(_mask));
        if (node.Op == Op.Call && TryCallOften(node, input, second, result)) return result;
        var writer = new VectorWriter(result, _count, _capacity);
        foreach (var row in new RowSet(Words(_mask)))
            writer.Set(row, _rows.CallAlone(node, _rows.Read(source, input, row), second));
        return result;
    }

    /// <summary>The functions that stand in most policies, in loops of their own over the rows of the mask.</summary>
    private bool TryCallOften(Node node, Vector input, Value second, Vector result)
    {
        switch ((PlanFunction)node.Target)
        {
            case PlanFunction.HourOf:
                MarkPresent(result);
                var zone = _prepared.Zone(node.Id);
                foreach (var row in new RowSet(Words(_mask))) result.Longs[row] = TimeFunctions.HourOf(input.Longs[row], zone);
                return true;
            case PlanFunction.WeekdayOf:
                MarkPresent(result);
                var place = _prepared.Zone(node.Id);
                foreach (var row in new RowSet(Words(_mask))) result.Longs[row] = TimeFunctions.WeekdayOf(input.Longs[row], place);
                return true;
            case PlanFunction.Subnet when !second.IsMissing:
                CutSubnets(input, second.Long, result);
                return true;
            default:
                return false;
        }
    }

    private void MarkPresent(Vector result)
    {
        result.Clear(_count);
        Words(_mask).CopyTo(result.Present);
    }

    private void CutSubnets(Vector input, long bits, Vector result)
    {
        MarkPresent(result);
        foreach (var row in new RowSet(Words(_mask)))
        {
            if (CidrValue.TryCreate(new IpValue(input.Ips[row]), bits, out var network))
                (result.Ips[row], result.Longs[row]) = (network.Network.Bits, network.PrefixLength);
            else
                result.ClearRow(row);
        }
    }

    private Vector HandleVector(Node node)
    {
        var result = Own(node);
        result.Clear(_count);
        if (node.Op == Op.NoKey)
        {
            Words(_all).CopyTo(result.Present);
            result.Handles.AsSpan(0, _count).Clear();
            return result;
        }
        foreach (var input in node.Inputs)
            Vector(input);
        result.Handles.AsSpan(0, _count).Fill(-1);
        if (node.Op == Op.CompositeKey) FillComposite(node, result);
        else FillHandles(node, result);
        return result;
    }

    private void FillHandles(Node node, Vector result)
    {
        var source = _nodes[node.Inputs[0]];
        var input = Vector(source.Id);
        var table = _prepared.Tables[node.Domain];
        Operands.Mask(input, _all, Words(result.Present));
        var rows = new RowSet(Words(result.Present));
        if (input.Handles.Length > 0 && ReferenceEquals(_prepared.Table(source), table))
            foreach (var row in rows) result.Handles[row] = input.Handles[row];
        else if (input.Kind is ValueKind.Ip or ValueKind.Cidr)
            FillNetworks(node, input, result);
        else if (Operands.IsLong(input.Kind))
            FillLongs(table, input, result);
        else
            foreach (var row in rows) result.Handles[row] = KeyValues.Intern(table, _rows.Read(source, input, row));
    }

    /// <summary>Keys of eight bytes. Tables are larger than caches, so their slots are asked for a word of rows ahead.</summary>
    private void FillLongs(KeyTable table, Vector input, Vector result)
    {
        Span<byte> key = stackalloc byte[KeyBytes.LongLength];
        var present = Words(result.Present);
        for (var w = 0; w < present.Length; w++)
        {
            var rows = new RowSet(present.Slice(w, 1));
            foreach (var row in rows) table.Prefetch(_probes[row] = table.Probe(KeyBytes.OfLong(input.Longs[(w << 6) + row], key)));
            foreach (var row in rows)
                result.Handles[(w << 6) + row] = table.Intern(KeyBytes.OfLong(input.Longs[(w << 6) + row], key), _probes[row]);
        }
    }

    private void FillNetworks(Node node, Vector input, Vector result)
    {
        var table = _prepared.Tables[node.Domain];
        ref var memo = ref _networks[node.Id];
        if (memo is null || !ReferenceEquals(memo.Table, table)) memo = new NetworkMemo(table);
        var isCidr = input.Kind == ValueKind.Cidr;
        foreach (var row in new RowSet(Words(result.Present)))
            result.Handles[row] = memo.Intern(input.Ips[row], isCidr ? (int)input.Longs[row] : -1);
    }

    private void FillComposite(Node node, Vector result)
    {
        var table = _prepared.Tables[node.Domain];
        var present = Words(result.Present);
        Words(_all).CopyTo(present);
        foreach (var input in node.Inputs)
            Bitmaps.And(present, Words(Vector(input).Present));
        Span<int> parts = stackalloc int[node.Inputs.Length];
        Span<byte> bytes = stackalloc byte[4 * parts.Length];
        foreach (var row in new RowSet(present))
        {
            for (var i = 0; i < parts.Length; i++)
                parts[i] = Vector(node.Inputs[i]).Handles[row];
            result.Handles[row] = table.Intern(KeyBytes.OfComposite(parts, bytes));
        }
    }

    /// <summary>One side of an operation: a column of longs or doubles, or a constant.</summary>
    private readonly ref struct NumberOperand
    {
        private readonly ReadOnlySpan<long> _longs;
        private readonly ReadOnlySpan<double> _doubles;
        private readonly long _long;
        private readonly double _double;

        public NumberOperand(BatchEvaluator evaluator, int node)
        {
            if (evaluator._nodes[node].Op == Op.Constant)
            {
                _long = evaluator._prepared.Constants[node].Long;
                _double = evaluator._prepared.Constants[node].AsDouble;
                return;
            }
            var vector = evaluator.Vector(node);
            if (Value.IsDoubleKind(vector.Kind)) _doubles = vector.Doubles;
            else _longs = vector.Longs;
        }

        public long Long(int row) => _longs.IsEmpty ? _long : _longs[row];

        public double Double(int row) => !_doubles.IsEmpty ? _doubles[row] : !_longs.IsEmpty ? _longs[row] : _double;
    }
}
