using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Fills a vector that the evaluator owns, row by row in order. Texts and list elements are copied into its own arena, which grows and
/// stays.
/// </summary>
internal ref struct VectorWriter
{
    private readonly Vector _vector;
    private readonly int _capacity;
    private int _bytes;
    private int _elements;
    private int _elementBytes;

    public VectorWriter(Vector vector, int count, int capacity)
    {
        _vector = vector;
        _capacity = capacity;
        vector.Clear(count);
    }

    public void Set(int row, in Value value)
    {
        if (value.Kind == ValueKind.Null) SetNull(row);
        if (value.IsMissing) return;
        _vector.SetPresent(row);
        SetCell(_vector, row, value, ref _bytes);
    }

    private void SetCell(Vector vector, int row, in Value value, ref int bytes)
    {
        switch (vector.Kind)
        {
            case ValueKind.Boolean:
                if (value.IsTrue) vector.SetTrue(row);
                break;
            case ValueKind.Number or ValueKind.Share or ValueKind.Rate:
                vector.Doubles[row] = value.AsDouble;
                break;
            case ValueKind.Text or ValueKind.Entity:
                SetText(vector, row, value.Utf8, ref bytes);
                break;
            case ValueKind.Ip:
                vector.Ips[row] = value.Network;
                break;
            case ValueKind.Cidr:
                vector.Ips[row] = value.Network;
                vector.Longs[row] = value.PrefixLength;
                break;
            case ValueKind.List:
                SetList(row, value);
                break;
            default:
                vector.Longs[row] = value.Long;
                break;
        }
    }

    private static void SetText(Vector vector, int row, ReadOnlySpan<byte> text, ref int bytes)
    {
        if (vector.Arena.Length - bytes < text.Length)
        {
            var arena = new byte[Math.Max(Math.Max(vector.Arena.Length * 2, 4096), bytes + text.Length)];
            vector.Arena.AsSpan(0, bytes).CopyTo(arena);
            vector.Arena = arena;
        }
        text.CopyTo(vector.Arena.AsSpan(bytes));
        vector.Starts[row] = bytes;
        vector.Lengths[row] = text.Length;
        bytes += text.Length;
    }

    private void SetList(int row, in Value list)
    {
        _vector.Starts[row] = _elements;
        _vector.Lengths[row] = list.Count;
        if (list.Count == 0)
        {
            _vector.Elements ??= new Vector(ValueKind.Text, 16, slices: true);
            return;
        }
        EnsureElements(list.Item(0).Kind, _elements + list.Count);
        var elements = _vector.Elements!;
        for (var i = 0; i < list.Count; i++, _elements++)
        {
            elements.SetPresent(_elements);
            SetCell(elements, _elements, list.Item(i), ref _elementBytes);
        }
    }

    private readonly void EnsureElements(ValueKind kind, int needed)
    {
        var old = _vector.Elements;
        if (old is not null && old.Kind == kind && old.Capacity >= needed) return;
        var size = Math.Max(needed * 2, 256);
        _vector.Elements = old is not null && old.Kind == kind ? old.Enlarge(size) : new Vector(kind, size, Value.IsTextKind(kind));
    }

    private readonly void SetNull(int row)
    {
        _vector.Nulls ??= new ulong[(_capacity + 63) >> 6];
        _vector.Nulls[row >> 6] |= 1UL << (row & 63);
    }
}
