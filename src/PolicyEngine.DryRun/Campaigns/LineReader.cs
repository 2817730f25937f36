using System.Text.Json;

namespace PolicyEngine.DryRun.Campaigns;

/// <summary>Reads chosen members of one JSON object a line, without keeping the line.</summary>
internal sealed class LineReader
{
    // A template reads the head of a text only; nothing else here is longer.
    private const int MaximumValue = 4096;
    private readonly Place _root = new();
    private readonly Range[] _values;
    private readonly byte[] _bytes;
    private int _used;

    /// <param name="paths">Names of nested members; equal paths may come more than once.</param>
    public LineReader(IReadOnlyList<IReadOnlyList<string>> paths)
    {
        _values = new Range[paths.Count];
        _bytes = new byte[paths.Count * MaximumValue];
        for (var i = 0; i < paths.Count; i++) _root.Add(paths[i], 0, i);
    }

    /// <summary>The text or number at a path as UTF-8; empty when the line has none.</summary>
    public ReadOnlySpan<byte> this[int path] => _bytes.AsSpan(_values[path]);

    /// <returns>False when the line is no JSON object; the engine has said so already.</returns>
    public bool Read(ReadOnlySpan<byte> line)
    {
        Array.Clear(_values);
        _used = 0;
        var reader = new Utf8JsonReader(line);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            ReadObject(ref reader, _root);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void ReadObject(ref Utf8JsonReader reader, Place place)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = place.Find(ref reader);
            reader.Read();
            if (found is null) reader.Skip();
            else if (reader.TokenType == JsonTokenType.StartObject) ReadObject(ref reader, found);
            else if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number) Keep(ref reader, found.Paths);
            else reader.Skip();
        }
    }

    private void Keep(ref Utf8JsonReader reader, List<int> paths)
    {
        if (paths.Count == 0) return;
        var start = _used;
        if (!reader.ValueIsEscaped)
        {
            var value = reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, MaximumValue)];
            value.CopyTo(_bytes.AsSpan(start));
            _used += value.Length;
        }
        else if (reader.ValueSpan.Length <= MaximumValue)
        {
            _used += reader.CopyString(_bytes.AsSpan(start));
        }
        foreach (var path in paths) _values[path] = start.._used;
    }

    private sealed class Place
    {
        private readonly List<(byte[] Name, Place Place)> _members = [];

        public List<int> Paths { get; } = [];

        public void Add(IReadOnlyList<string> path, int depth, int index)
        {
            if (depth == path.Count)
            {
                Paths.Add(index);
                return;
            }
            var name = System.Text.Encoding.UTF8.GetBytes(path[depth]);
            var member = _members.Find(m => m.Name.AsSpan().SequenceEqual(name)).Place;
            if (member is null) _members.Add((name, member = new Place()));
            member.Add(path, depth + 1, index);
        }

        public Place? Find(ref Utf8JsonReader reader)
        {
            foreach (var (name, place) in _members)
                if (reader.ValueTextEquals(name)) return place;
            return null;
        }
    }
}
