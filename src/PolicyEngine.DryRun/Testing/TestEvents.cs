using System.Globalization;
using System.Net;
using System.Text.Json;
using PolicyEngine.Language.Model;

namespace PolicyEngine.DryRun.Testing;

/// <summary>The events that a test gives, as the lines that would arrive, in order of time.</summary>
internal static class TestEvents
{
    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line an event. Of events at one time, those given first come first: their ids say so too.</summary>
    public static List<(long Time, byte[] Line)> Lines(TestSymbol test)
    {
        var lines = new List<(long Time, byte[] Line)>();
        var givens = test.Givens.OfType<EventsGiven>().ToList();
        for (var given = 0; given < givens.Count; given++)
        {
            for (var number = 1L; number <= givens[given].Count; number++)
            {
                var time = test.Starting + givens[given].At + ((number - 1) * (givens[given].Every ?? 0));
                var id = string.Create(CultureInfo.InvariantCulture, $"t{given + 1:000}-{number:0000000}");
                lines.Add((time, Line(givens[given], id, time, number)));
            }
        }
        return [.. lines.OrderBy(line => line.Time)];
    }

    private static byte[] Line(EventsGiven given, string id, long time, long number)
    {
        var members = new MemberTree();
        members.Add(PathOf(given.Event, "id"), id);
        members.Add(["type"], given.Event.OutsideName);
        members.Add(PathOf(given.Event, "time"), Moment(time));
        foreach (var field in given.Fields) members.Add(field.Field.OutsidePath, Outside(field.Value, number));
        foreach (var field in given.Event.Fields)
            if (field is { Computed: null, Type.Optional: false }) members.Add(field.OutsidePath, Fixed(field.Type, time));
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options)) members.Write(writer);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>A schema may read id and time from members of other names.</summary>
    private static IReadOnlyList<string> PathOf(EventSymbol declared, string name) =>
        declared.Fields.FirstOrDefault(f => f.Name == name && f.Computed is null)?.OutsidePath ?? [name];

    private static object Outside(LiteralExpression literal, long number) => literal.Value switch
    {
        string text => text.Replace("{n}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
        long moment when literal.Type.Kind == TypeKind.Time => Moment(moment),
        IReadOnlyList<LiteralExpression> items => items.Select(item => Outside(item, number)).ToList(),
        IPAddress or IPNetwork => literal.Value.ToString()!,
        var value => value,
    };

    /// <summary>What a required field holds when a test does not say.</summary>
    private static object Fixed(PolicyType type, long time) => type.Kind switch
    {
        TypeKind.Entity => $"some-{type.Entity!.Name}",
        TypeKind.Integer or TypeKind.Duration => 0L,
        TypeKind.Number or TypeKind.Share or TypeKind.Rate => 0.0,
        TypeKind.Boolean => false,
        TypeKind.Time => Moment(time),
        TypeKind.Ip => "192.0.2.1",
        TypeKind.Cidr => "192.0.2.0/24",
        TypeKind.List => new List<object>(),
        _ => "some text",
    };

    private static string Moment(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Members of a JSON object, some inside others. The first value of a path stays.</summary>
    private sealed class MemberTree
    {
        private readonly List<(string Name, object Value)> _members = [];

        public void Add(IReadOnlyList<string> path, object value)
        {
            var at = this;
            foreach (var name in path.SkipLast(1))
            {
                if (at._members.Find(m => m.Name == name).Value is MemberTree inner) at = inner;
                else
                {
                    var added = new MemberTree();
                    at._members.Add((name, added));
                    at = added;
                }
            }
            if (!at._members.Exists(m => m.Name == path[^1])) at._members.Add((path[^1], value));
        }

        public void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            foreach (var (name, value) in _members)
            {
                writer.WritePropertyName(name);
                Write(writer, value);
            }
            writer.WriteEndObject();
        }

        private static void Write(Utf8JsonWriter writer, object value)
        {
            switch (value)
            {
                case MemberTree tree: tree.Write(writer); break;
                case string text: writer.WriteStringValue(text); break;
                case bool truth: writer.WriteBooleanValue(truth); break;
                case long integer: writer.WriteNumberValue(integer); break;
                case double number: writer.WriteNumberValue(number); break;
                case List<object> items:
                    writer.WriteStartArray();
                    foreach (var item in items) Write(writer, item);
                    writer.WriteEndArray();
                    break;
                default: throw new InvalidOperationException($"a test cannot give a {value.GetType().Name}");
            }
        }
    }
}
