
namespace PolicyEngine.DryRun.Scoring;

internal static class TruthReader
{
    private const string LabelColumn = "label";

    public static Truth Read(string path)
    {
        try
        {
            using var text = new StreamReader(path);
            return Read(path, text);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"there is no truth file {path}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read the truth file {path}: {error.Message}", error);
        }
    }

    public static Truth Read(string path, TextReader text)
    {
        var header = Csv.Row(text) ?? throw new InputException($"the truth file {path} is empty");
        var label = header.IndexOf(LabelColumn);
        if (label < 1)
            throw new InputException($"the truth file {path} needs a header whose first column is the key and one of whose columns is `{LabelColumn}`");
        var cohorts = Enumerable.Range(1, header.Count - 1).Where(i => i != label).ToArray();
        var rows = new Dictionary<string, TruthRow>(StringComparer.Ordinal);
        var line = 1;
        while (Csv.Row(text) is { } row)
        {
            line++;
            if (row is [""]) continue;
            if (row.Count != header.Count)
                throw new InputException($"the truth file {path} line {line} has {row.Count} columns, its header {header.Count}");
            if (IsBad(path, line, row[label]) is not { } bad) continue;
            rows[row[0]] = new TruthRow(row[0], bad, [.. cohorts.Select(i => row[i])]);
        }
        return new Truth(header[0], [.. cohorts.Select(i => header[i])], rows);
    }

    private static bool? IsBad(string path, int line, string label) => label switch
    {
        "fraud" or "bad" => true,
        "benign" or "good" => false,
        "" => null,
        _ => throw new InputException($"the truth file {path} line {line} says `{label}`; a label is fraud, benign, bad or good"),
    };
}
