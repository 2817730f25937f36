using System.Numerics;
using System.Runtime.CompilerServices;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Events;

/// <summary>What a JSON value is, for words about it.</summary>
internal enum JsonKind : byte { Null, Boolean, Number, Text, Object, List, NullInList }

/// <summary>A scalar as it stands in the batch's text: numbers as written, texts unescaped.</summary>
internal readonly record struct JsonScalar(JsonKind Kind, int Start, int Length, bool IsTrue = false);

/// <summary>
/// Puts the values of one line into the cells of one row. Nothing of it shows until <see cref="Commit"/>: a line that is refused
/// leaves no trace but rubbish in cells that are not present.
/// </summary>
internal sealed class RowWriter
{
    private readonly EventSchema schema;
    private readonly CellWriter cells = new();
    private readonly Vector?[] vectors;
    private readonly Vector[] unread;
    private readonly ulong[][] presents;
    private readonly int[] listStarts;
    private readonly int[] listEnds;
    private readonly bool[] anything;
    private readonly List<JsonScalar> lines = [];
    private readonly ulong[] nested;
    private readonly ulong[] trues;
    /// <summary>Where targets that are only checked are marked, so that no row asks which they are.</summary>
    private ulong[] unreadRows = [];
    private EventBatch? batch;
    private int row;

    public RowWriter(EventSchema schema)
    {
        this.schema = schema;
        var targets = schema.Targets;
        vectors = new Vector?[targets.Count];
        presents = new ulong[targets.Count][];
        anything = [.. targets.Select(t => t.TakesAnything)];
        unread = [.. targets.Select(NewUnread)];
        listStarts = new int[targets.Count];
        listEnds = new int[targets.Count];
        Found = new JsonKind[targets.Count];
        nested = new ulong[schema.MaskWords];
        trues = new ulong[schema.MaskWords];
        Present = new ulong[schema.MaskWords];
        Nulls = new ulong[schema.MaskWords];
        Bad = new ulong[schema.MaskWords];
        Frame = new FrameValues(schema);
    }

    public FrameValues Frame { get; }

    public ulong[] Present { get; }

    public ulong[] Nulls { get; }

    /// <summary>Targets whose value is not of their kind; what it was is in <see cref="Found"/>.</summary>
    public ulong[] Bad { get; }

    public JsonKind[] Found { get; }

    public void Begin(EventBatch into, int atRow)
    {
        if (!ReferenceEquals(batch, into)) Bind(into);
        row = atRow;
        cells.Text = into.Text;
        Frame.Clear();
        for (var word = 0; word < Present.Length; word++)
        {
            Present[word] = 0;
            Nulls[word] = 0;
            Bad[word] = 0;
            nested[word] = 0;
            trues[word] = 0;
        }
        foreach (var target in schema.Lists) listEnds[target] = Elements(target).ElementCount;
    }

    /// <summary>False if the target has its value already from the nested form, which counts before the single name with dots.</summary>
    public bool Claim(TargetUse use)
    {
        var (word, bit) = (use.Target >> 6, 1UL << (use.Target & 63));
        if (!use.IsNested) return (nested[word] & bit) == 0;
        nested[word] |= bit;
        Present[word] &= ~bit;
        Nulls[word] &= ~bit;
        Bad[word] &= ~bit;
        trues[word] &= ~bit;
        return true;
    }

    /// <summary>Whether the value being read is this use's, as it claimed.</summary>
    public bool Holds(TargetUse use) => use.IsNested || (nested[use.Target >> 6] >> (use.Target & 63) & 1) == 0;

    /// <summary>A scalar, or an object in place of one, to all that its place in the line stands for.</summary>
    public void PutAll(PathNode node, in JsonScalar value)
    {
        foreach (var use in node.Frame) Frame.Put(use, value);
        foreach (var use in node.Targets)
        {
            if (!Claim(use)) continue;
            if (value.Kind == JsonKind.Object && anything[use.Target]) Put(use.Target, new JsonScalar(JsonKind.Null, 0, 0));
            else if (value.Kind == JsonKind.Object || (TakesList(use.Target) && value.Kind != JsonKind.Null))
                Refuse(use.Target, value.Kind);
            else
                Put(use.Target, value);
        }
    }

    /// <summary>Marks targets of the first word that were put by the four below, which do not.</summary>
    public void AddPresent(ulong targets)
    {
        if (targets != 0) Present[0] |= targets;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutText(int target, int start, int length)
    {
        if (vectors[target] is not { } vector) return;
        vector.Starts[row] = start;
        vector.Lengths[row] = length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutInteger(int target, long value)
    {
        if (vectors[target] is { } vector) vector.Longs[row] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutNumber(int target, double value)
    {
        if (vectors[target] is { } vector) vector.Doubles[row] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutIp(int target, Bits128 value)
    {
        if (vectors[target] is { } vector) vector.Ips[row] = value;
    }

    public void Put(int target, in JsonScalar value)
    {
        var (word, bit) = (target >> 6, 1UL << (target & 63));
        if (value.Kind == JsonKind.Null)
        {
            Nulls[word] |= bit;
            return;
        }
        if (anything[target])
        {
            // A number or truth value is the text that stands in the line.
            PutText(target, value.Start, value.Length);
            Present[word] |= bit;
            return;
        }
        var vector = vectors[target];
        var put = vector is null
            ? cells.TryPut(unread[target], 0, value)
            : cells.TryPut(vector, row, value);
        if (!put)
        {
            Refuse(target, value.Kind);
            return;
        }
        Present[word] |= bit;
        if (value.IsTrue) trues[word] |= bit;
    }

    public void Refuse(int target, JsonKind found)
    {
        Bad[target >> 6] |= 1UL << (target & 63);
        Found[target] = found;
    }

    public bool TakesList(int target) => schema.Targets[target].Kind == ValueKind.List;

    /// <summary>Whether a list is taken element by element, be it as a list or as lines.</summary>
    public bool TakesElements(int target) => anything[target] || TakesList(target);

    public void BeginList(int target)
    {
        listStarts[target] = listEnds[target];
        lines.Clear();
    }

    public void PutElement(int target, in JsonScalar value)
    {
        if (anything[target])
        {
            if (value.Kind is JsonKind.Text or JsonKind.Number or JsonKind.Boolean) lines.Add(value);
            return;
        }
        var list = Elements(target);
        var elements = list.Elements!;
        if (listEnds[target] == elements.Capacity) list.Elements = elements = elements.Enlarge(elements.Capacity * 2);
        var at = listEnds[target];
        if (value.Kind == JsonKind.Null || !cells.TryPut(elements, at, value))
        {
            Refuse(target, value.Kind == JsonKind.Null ? JsonKind.NullInList : value.Kind);
            return;
        }
        if (elements.Kind == ValueKind.Boolean) PutTruth(elements, at, value.IsTrue);
        listEnds[target]++;
    }

    public void EndList(int target)
    {
        if (anything[target])
        {
            PutLines(target);
            return;
        }
        var (word, bit) = (target >> 6, 1UL << (target & 63));
        if ((Bad[word] & bit) != 0) return;
        Present[word] |= bit;
        if (vectors[target] is not { } vector) return;
        vector.Starts[row] = listStarts[target];
        vector.Lengths[row] = listEnds[target] - listStarts[target];
    }

    /// <summary>The text of all values, made when the row's type is known.</summary>
    public void PutWhole(int target, int start, int length)
    {
        PutText(target, start, length);
        Present[target >> 6] |= 1UL << (target & 63);
    }

    /// <summary>Several values as lines of one text; a list without any is there and says nothing.</summary>
    private void PutLines(int target)
    {
        if (lines.Count == 0) Put(target, new JsonScalar(JsonKind.Null, 0, 0));
        else if (lines.Count == 1) Put(target, lines[0]);
        else
        {
            var start = batch!.TextLength;
            foreach (var line in lines)
            {
                if (batch.TextLength > start) batch.Text[batch.TextLength++] = (byte)'\n';
                batch.Text.AsSpan(line.Start, line.Length).CopyTo(batch.Text.AsSpan(batch.TextLength));
                batch.TextLength += line.Length;
            }
            Put(target, new JsonScalar(JsonKind.Text, start, batch.TextLength - start));
        }
    }

    /// <summary>Makes visible what targets of the row's type have got.</summary>
    public void Commit(TypeSchema type)
    {
        var (rowWord, rowBit) = (row >> 6, 1UL << (row & 63));
        for (var word = 0; word < Present.Length; word++)
        {
            var shown = Present[word] & type.Used[word];
            for (var left = shown; left != 0; left &= left - 1)
                presents[(word << 6) + BitOperations.TrailingZeroCount(left)][rowWord] |= rowBit;
            for (var left = shown & trues[word]; left != 0; left &= left - 1)
                vectors[(word << 6) + BitOperations.TrailingZeroCount(left)]?.SetTrue(row);
            for (var left = Nulls[word] & type.Used[word]; left != 0; left &= left - 1)
                if (vectors[(word << 6) + BitOperations.TrailingZeroCount(left)]?.Nulls is { } nulls) nulls[rowWord] |= rowBit;
        }
        foreach (var target in schema.Lists) ShowElements(target);
    }

    private void ShowElements(int target)
    {
        if (vectors[target] is not { } vector || !vector.IsPresent(row)) return;
        for (var at = vector.Starts[row]; at < listEnds[target]; at++) vector.Elements!.SetPresent(at);
        vector.ElementCount = listEnds[target];
    }

    /// <summary>Not only sets: a line that was refused may have left its truth here.</summary>
    private static void PutTruth(Vector elements, int at, bool isTrue)
    {
        elements.Bits[at >> 6] &= ~(1UL << (at & 63));
        if (isTrue) elements.SetTrue(at);
    }

    private Vector Elements(int target) => vectors[target] ?? unread[target];

    private void Bind(EventBatch into)
    {
        batch = into;
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = schema.Targets[i].Column is >= 0 and var column ? into.Columns[column] : null;
            presents[i] = vectors[i]?.Present ?? unreadRows;
        }
        if (unreadRows.Length < (into.Capacity + 63) >> 6)
        {
            unreadRows = new ulong[(into.Capacity + 63) >> 6];
            Bind(into);
        }
    }

    /// <summary>Fields that are only checked get a cell that nobody reads.</summary>
    private static Vector NewUnread(Target target)
    {
        var vector = new Vector(target.Kind, 1, IsSliced(target.Kind));
        if (target.Kind == ValueKind.List) vector.Elements = new Vector(target.Element, 4, IsSliced(target.Element));
        return vector;
    }

    private static bool IsSliced(ValueKind kind) => kind is ValueKind.Text or ValueKind.Entity or ValueKind.List;
}
