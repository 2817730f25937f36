using System.Numerics;
using System.Security.Cryptography;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Events;

/// <summary>Lines of JSON to rows of a batch. One line at a time; a line that is refused takes no row.</summary>
public sealed class EventDecoder
{
    private const int ContentIdBytes = 16;

    private readonly EventSchema schema;
    private readonly RowWriter writer;
    private readonly ShapeTable shapes;
    private readonly ShapeScanner scanner;
    private readonly UnknownNames unknown;
    private readonly ReferenceReader reference;
    private readonly CellWriter scalars = new();
    private bool isAscii;

    public EventDecoder(Plan plan)
        : this(plan, new UnknownNames())
    {
    }

    internal EventDecoder(Plan plan, UnknownNames unknown)
    {
        this.unknown = unknown;
        schema = new EventSchema(plan);
        writer = new RowWriter(schema);
        reference = new ReferenceReader(schema, writer, unknown);
        shapes = new ShapeTable(schema, unknown);
        scanner = new ShapeScanner(shapes, writer, unknown);
    }

    /// <summary>What was wrong with the last line, in words.</summary>
    public string Detail { get; private set; } = "";

    /// <summary>
    /// Appends the line as the batch's next row; columns, time, type, sequence, id and line are set, the rest is the intake's. Returns null,
    /// or the reason (of <see cref="RejectionReason"/>) why it is refused, which leaves the batch as it was.
    /// </summary>
    /// <param name="idsFromContent">An event without an id gets a hash of its line.</param>
    /// <param name="countUnknown">Fields that no schema names are counted; not when a line is read again.</param>
    public string? Append(EventBatch batch, ReadOnlySpan<byte> line, bool idsFromContent, bool countUnknown = true)
    {
        if (line.Length > schema.Plan.Limits.LineBytes)
            return Fail(RejectionReason.TooLong, $"the line has more than {schema.Plan.Limits.LineBytes} bytes");
        var start = batch.TextLength;
        // Unescaped texts together are never longer than the line they come from; an id made from content is at most twice its bytes.
        batch.ReserveText((schema.MakesTexts ? 8 : 2) * line.Length + 2 * ContentIdBytes);
        batch.TextLength = start + line.Length;
        var row = batch.Count;
        batch.LineStarts[row] = start;
        batch.LineLengths[row] = line.Length;
        batch.Contents[row] = LineCopy.Copy(line, batch.Text.AsSpan(start), out isAscii);
        var reason = Decode(batch, row, idsFromContent, countUnknown);
        if (reason is null) batch.Count++;
        else batch.TextLength = start;
        return reason;
    }

    /// <summary>Off, every line goes to the reference reader: what tests compare with.</summary>
    internal bool UsesShapes { get; init; } = true;

    private string? Decode(EventBatch batch, int row, bool idsFromContent, bool countUnknown)
    {
        scalars.Text = batch.Text;
        if (!TryScan(batch, row) && Read(batch, row) is { } broken) return Fail(broken, reference.Detail);
        if (CheckFrame(batch, row, idsFromContent) is { } reason) return reason;
        var type = schema.Types[batch.Types[row]];
        if (CheckFields(type) is { } wrong) return wrong;
        if (type.Whole >= 0) PutWhole(batch, row, type.Whole);
        writer.Commit(type);
        if (countUnknown) CountUnknown(batch.Types[row], type);
        return null;
    }

    /// <summary>By the shapes of earlier lines; false: only the reference reader can tell.</summary>
    private bool TryScan(EventBatch batch, int row)
    {
        if (!UsesShapes) return false;
        Begin(batch, row);
        return scanner.TryRead(batch, batch.LineStarts[row], batch.LineLengths[row], isAscii);
    }

    private string? Read(EventBatch batch, int row)
    {
        int start = batch.LineStarts[row], length = batch.LineLengths[row];
        batch.TextLength = start + length;
        Begin(batch, row);
        var reason = reference.Read(batch, start, length);
        if (reason is null) shapes.Learn(batch.Text.AsSpan(start, length));
        return reason;
    }

    private void Begin(EventBatch batch, int row)
    {
        writer.Begin(batch, row);
        unknown.Clear();
    }

    private string? CheckFrame(EventBatch batch, int row, bool idsFromContent)
    {
        if (!writer.Frame.TryGet(schema.TypeSlot, out var name)) return Fail(RejectionReason.UnknownType, "there is no `type`");
        if (name.Kind != JsonKind.Text) return Fail(RejectionReason.WrongType, "`type` should be text");
        var index = schema.FindType(Slice(name));
        if (index < 0) return Fail(RejectionReason.UnknownType, $"no event is called {Words.Quote(Slice(name))}");
        batch.Types[row] = index;
        var type = schema.Types[index];
        return CheckId(batch, row, type, idsFromContent) ?? CheckTime(batch, row, type);
    }

    private string? CheckId(EventBatch batch, int row, TypeSchema type, bool idsFromContent)
    {
        if (!writer.Frame.TryGet(type.IdSlot, out var id))
        {
            if (!idsFromContent) return Fail(RejectionReason.NoId, "there is no `id`");
            PutContentId(batch, row);
            return null;
        }
        if (id.Kind != JsonKind.Text) return Fail(RejectionReason.WrongType, "`id` should be text");
        batch.IdStarts[row] = id.Start;
        batch.IdLengths[row] = id.Length;
        return null;
    }

    private string? CheckTime(EventBatch batch, int row, TypeSchema type)
    {
        if (!writer.Frame.TryGet(type.TimeSlot, out var time)) return Fail(RejectionReason.NoTime, "there is no `time`");
        if (!scalars.TryTime(time, out batch.Times[row], out var belowMillisecond))
            return Fail(RejectionReason.BadTime, $"`time` should be {Words.Expected(ValueKind.Time)}, not {Shown(time)}");
        batch.Sequences[row] = belowMillisecond;
        if (type.SequenceSlot < 0 || !writer.Frame.TryGet(type.SequenceSlot, out var sequence)) return null;
        return scalars.TryInteger(sequence, out batch.Sequences[row])
            ? null
            : Fail(RejectionReason.WrongType, $"the sequence should be {Words.Expected(ValueKind.Integer)}, not {Shown(sequence)}");
    }

    private string? CheckFields(TypeSchema type)
    {
        ulong trouble = 0;
        for (var word = 0; word < type.Used.Length; word++)
            trouble |= (type.Required[word] & ~writer.Present[word]) | (type.Used[word] & writer.Bad[word]);
        return trouble == 0 ? null : Complain(type);
    }

    /// <summary>The first field in order of declaration that is not as declared.</summary>
    private string Complain(TypeSchema type)
    {
        foreach (var (target, name, optional) in type.Checks)
        {
            if (Has(writer.Bad, target))
            {
                var found = writer.Found[target];
                var kind = found == JsonKind.NullInList ? ValueKind.List : schema.Targets[target].Kind;
                return Fail(RejectionReason.WrongType, $"`{name}` should be {Words.Expected(kind)}, not {Words.Found(found)}");
            }
            if (!optional && !Has(writer.Present, target))
                return Fail(RejectionReason.MissingField, $"`{name}` is {(Has(writer.Nulls, target) ? "null" : "missing")}");
        }
        throw new InvalidOperationException("A field was found wrong that the type does not declare.");
    }

    private void CountUnknown(int type, TypeSchema schemaOfType)
    {
        for (var word = 0; word < schemaOfType.Known.Length; word++)
        {
            var there = writer.Present[word] | writer.Nulls[word] | writer.Bad[word];
            for (var left = there & ~schemaOfType.Known[word]; left != 0; left &= left - 1)
            {
                var target = schema.Targets[(word << 6) + BitOperations.TrailingZeroCount(left)];
                if (target.IsFirstOfName) unknown.Note(target.Name);
            }
        }
        if (unknown.HasAny) unknown.Count(schema.Plan.EventTypes[type].Name);
    }

    private static void PutContentId(EventBatch batch, int row)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(batch.Text.AsSpan(batch.LineStarts[row], batch.LineLengths[row]), digest);
        batch.IdStarts[row] = batch.TextLength;
        batch.IdLengths[row] = 2 * ContentIdBytes;
        Convert.TryToHexStringLower(digest[..ContentIdBytes], batch.Text.AsSpan(batch.TextLength), out var written);
        batch.TextLength += written;
    }

    private void PutWhole(EventBatch batch, int row, int target)
    {
        var start = batch.TextLength;
        batch.TextLength += WholeEventText.Write(batch.Text.AsSpan(batch.LineStarts[row], batch.LineLengths[row]), batch.Text.AsSpan(start));
        writer.PutWhole(target, start, batch.TextLength - start);
    }

    private string Shown(JsonScalar value) => value.Kind is JsonKind.Text or JsonKind.Number ? Words.Quote(Slice(value)) : Words.Found(value.Kind);

    private ReadOnlySpan<byte> Slice(JsonScalar value) => scalars.Text.AsSpan(value.Start, value.Length);

    private static bool Has(ulong[] mask, int bit) => (mask[bit >> 6] >> (bit & 63) & 1) != 0;

    private string Fail(string reason, string detail)
    {
        Detail = detail;
        return reason;
    }
}
