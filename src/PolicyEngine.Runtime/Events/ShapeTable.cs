using System.Text.Json;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// Shapes of lines as a tree, learned from lines that the reference reader took. Bounded, so that a sender who orders members by chance
/// costs time on his own lines and nothing else. Lines with lists or escaped names are not learned.
/// </summary>
internal sealed class ShapeTable(EventSchema schema, UnknownNames unknown)
{
    private const int MostSteps = 4096;
    private const int MostSiblings = 24;

    private readonly Stack<PathNode?> open = new();
    private readonly List<int> unknownNames = [];
    private int steps;

    public Shape Root { get; } = new();

    public void Learn(ReadOnlySpan<byte> line)
    {
        if (steps >= MostSteps || !CanLearn(line)) return;
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var shape = Root;
        var from = 0;
        PathNode? member = schema.Root;
        open.Clear();
        unknownNames.Clear();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open.Push(member is { HasChildren: true } ? member : null);
                    break;
                case JsonTokenType.EndObject:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    member = Find(reader.ValueSpan);
                    break;
                default:
                    var next = Step(shape, line[from..(int)reader.TokenStartIndex], member, isEnd: false);
                    if (next is null) return;
                    shape = next;
                    from = (int)reader.BytesConsumed;
                    break;
            }
        }
        Step(shape, line[from..], null, isEnd: true);
    }

    private PathNode? Find(ReadOnlySpan<byte> name)
    {
        var parent = open.Peek();
        var member = parent?.Find(name);
        if (parent is not null && member is not { IsLeaf: true } and not { HasChildren: true }) unknownNames.Add(unknown.Handle(parent.Name, name));
        return member;
    }

    /// <summary>The shape behind these bytes, a new one if need be; null if there is no room for it, or the line ends.</summary>
    private Shape? Step(Shape shape, ReadOnlySpan<byte> bytes, PathNode? node, bool isEnd)
    {
        foreach (var step in shape.Steps)
        {
            if (step.Next is null != isEnd || !step.IsSame(bytes)) continue;
            unknownNames.Clear();
            return step.Next;
        }
        if (steps >= MostSteps || shape.Steps.Length >= MostSiblings) return null;
        var learned = new ShapeStep(bytes, node is { IsLeaf: true } ? node : null, [.. unknownNames], isEnd ? null : new Shape())
        {
            Targets = schema.Targets,
        };
        unknownNames.Clear();
        shape.Add(learned);
        steps++;
        return learned.Next;
    }

    private bool CanLearn(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = int.MaxValue });
        PathNode? member = schema.Root;
        open.Clear();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    return false;
                case JsonTokenType.StartObject when member is not null && member.Targets.Count + member.Frame.Count > 0:
                    return false;
                case JsonTokenType.StartObject:
                    open.Push(member is { HasChildren: true } ? member : null);
                    break;
                case JsonTokenType.EndObject:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName when reader.ValueIsEscaped:
                    return false;
                case JsonTokenType.PropertyName:
                    member = open.Peek()?.Find(reader.ValueSpan);
                    break;
            }
        }
        return true;
    }
}
