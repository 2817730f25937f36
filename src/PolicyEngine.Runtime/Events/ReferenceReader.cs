using System.Text.Json;
using System.Text.Unicode;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// Decides what a line is. Strict JSON through <see cref="Utf8JsonReader"/>, and on top of it what that leaves open: names that come
/// twice in one object, lone surrogates, depth and length.
/// </summary>
internal sealed class ReferenceReader(EventSchema schema, RowWriter writer, UnknownNames unknown)
{
    /// <summary>Reading goes down by recursion, so a limit above this would ask for more stack than a thread has.</summary>
    private const int DeepestPossible = 512;

    private readonly MemberNames names = new();
    private readonly int deepest = Math.Min(schema.Plan.Limits.Depth, DeepestPossible);
    private EventBatch batch = null!;
    private int lineStart;
    private string? reason;

    /// <summary>What was wrong, in words, when <see cref="Read"/> gave a reason.</summary>
    public string Detail { get; private set; } = "";

    /// <summary>The reason why the line is no event, null if it is read. The line lies in the batch's text, with room behind it.</summary>
    public string? Read(EventBatch into, int start, int length)
    {
        batch = into;
        lineStart = start;
        reason = null;
        names.Clear();
        var line = into.Text.AsSpan(start, length);
        if (!Utf8.IsValid(line)) return Fail(RejectionReason.BadUtf8, "the line is not valid UTF-8");
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = deepest + 1 });
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) return Fail(RejectionReason.NotJson, "the line is not a JSON object");
            if (ReadObject(ref reader, schema.Root)) reader.Read();
            return reason;
        }
        catch (JsonException broken)
        {
            return Fail(RejectionReason.NotJson, $"not JSON from byte {(broken.BytePositionInLine ?? 0) + 1} of the line on");
        }
    }

    private bool ReadObject(ref Utf8JsonReader reader, PathNode? node)
    {
        if (reader.CurrentDepth >= deepest) return TooDeep();
        var owner = names.NewObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!TryText(ref reader, out var start, out var length)) return false;
            if (!names.Add(owner, batch.Text, start, length)) return Twice(start, length);
            var child = node?.Find(batch.Text.AsSpan(start, length));
            if (node is not null && child is not { IsLeaf: true } and not { HasChildren: true })
                unknown.Note(node.Name, batch.Text.AsSpan(start, length));
            reader.Read();
            if (!ReadValue(ref reader, child)) return false;
        }
        return true;
    }

    private bool ReadValue(ref Utf8JsonReader reader, PathNode? node)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                if (node is not null) writer.PutAll(node, new JsonScalar(JsonKind.Object, 0, 0));
                return ReadObject(ref reader, node is { HasChildren: true } ? node : null);
            case JsonTokenType.StartArray:
                return ReadList(ref reader, node);
            default:
                if (!TryScalar(ref reader, out var value)) return false;
                if (node is not null) writer.PutAll(node, value);
                return true;
        }
    }

    private bool ReadList(ref Utf8JsonReader reader, PathNode? node)
    {
        if (reader.CurrentDepth >= deepest) return TooDeep();
        if (node is not null) BeginLists(node);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var element = new JsonScalar(reader.TokenType == JsonTokenType.StartObject ? JsonKind.Object : JsonKind.List, 0, 0);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
                ? !ReadValue(ref reader, null)
                : !TryScalar(ref reader, out element))
                return false;
            if (node is not null) PutElements(node, element);
        }
        if (node is null) return true;
        foreach (var use in node.Targets)
            if (writer.TakesElements(use.Target) && writer.Holds(use)) writer.EndList(use.Target);
        return true;
    }

    private void BeginLists(PathNode node)
    {
        foreach (var use in node.Frame) writer.Frame.Put(use, new JsonScalar(JsonKind.List, 0, 0));
        foreach (var use in node.Targets)
        {
            if (!writer.Claim(use)) continue;
            if (writer.TakesElements(use.Target)) writer.BeginList(use.Target);
            else writer.Refuse(use.Target, JsonKind.List);
        }
    }

    private void PutElements(PathNode node, JsonScalar element)
    {
        foreach (var use in node.Targets)
            if (writer.TakesElements(use.Target) && writer.Holds(use)) writer.PutElement(use.Target, element);
    }

    private bool TryScalar(ref Utf8JsonReader reader, out JsonScalar value)
    {
        int start = lineStart + (int)reader.TokenStartIndex, length = reader.ValueSpan.Length;
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                var isText = TryText(ref reader, out start, out length);
                value = new JsonScalar(JsonKind.Text, start, length);
                return isText;
            case JsonTokenType.Number:
                value = new JsonScalar(JsonKind.Number, start, length);
                return true;
            case JsonTokenType.Null:
                value = new JsonScalar(JsonKind.Null, start, length);
                return true;
            default:
                value = new JsonScalar(JsonKind.Boolean, start, length, reader.TokenType == JsonTokenType.True);
                return true;
        }
    }

    /// <summary>A string or name as a slice of the batch's text; with escapes it is written anew behind the line.</summary>
    private bool TryText(ref Utf8JsonReader reader, out int start, out int length)
    {
        start = lineStart + (int)reader.TokenStartIndex + 1;
        length = reader.ValueSpan.Length;
        if (!reader.ValueIsEscaped) return true;
        var written = JsonText.Unescape(reader.ValueSpan, batch.Text.AsSpan(batch.TextLength));
        if (written < 0)
        {
            reason = Fail(RejectionReason.BadUtf8, $"half a surrogate pair in the text at byte {reader.TokenStartIndex + 1} of the line");
            return false;
        }
        start = batch.TextLength;
        length = written;
        batch.TextLength += written;
        return true;
    }

    private bool TooDeep()
    {
        reason = Fail(RejectionReason.TooDeep, $"more than {deepest} objects and lists inside one another");
        return false;
    }

    private bool Twice(int start, int length)
    {
        reason = Fail(RejectionReason.DuplicateKey, $"{Words.Quote(batch.Text.AsSpan(start, length))} comes twice in one object");
        return false;
    }

    private string Fail(string why, string detail)
    {
        Detail = detail;
        return why;
    }
}
