using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PolicyEngine.Storage.Ledger;

/// <summary>Looks decisions up in a file of lines, as `--decisions` writes it. Reads the file anew for each question.</summary>
public sealed class NdjsonArchive : IDecisionArchive
{
    private readonly string _path;

    /// <exception cref="StorageException">There is no such file.</exception>
    public NdjsonArchive(string path)
    {
        _path = path;
        if (!File.Exists(path)) throw new StorageException($"there is no file {path}");
    }

    public IReadOnlyList<StoredDecision> List(DecisionFilter filter) =>
    [
        .. Read().Where(filter.Admits).OrderByDescending(d => d.Time).ThenByDescending(d => d.Position).Take(filter.Limit),
    ];

    public StoredDecision? Get(string id) => Read().FirstOrDefault(d => d.Id == id);

    private IEnumerable<StoredDecision> Read()
    {
        var line = 0L;
        foreach (var text in File.ReadLines(_path))
        {
            line++;
            if (text.Length > 0) yield return Parse(text, line);
        }
    }

    private StoredDecision Parse(string text, long line)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var key = root.GetProperty("key");
            var time = DateTimeOffset.Parse(root.GetProperty("time").GetString()!, CultureInfo.InvariantCulture);
            return new StoredDecision(
                line, Text(root, "id"), time.ToUnixTimeMilliseconds(), Text(root, "event"), Text(root, "rule"), Text(root, "pack"),
                Text(root, "stage"), Text(key, "type"), Text(key, "id"), Summary(root), Encoding.UTF8.GetBytes(text));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"{_path} line {line} is not a decision", error);
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static string Summary(JsonElement root) => string.Join(
        ", ",
        root.GetProperty("responses").EnumerateArray().Select(r => $"{Text(r, "action")} {Text(r, "outcome")}").Distinct());

    public void Dispose()
    {
    }
}
