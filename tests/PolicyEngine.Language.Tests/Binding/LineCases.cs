namespace PolicyEngine.Language.Tests.Binding;

/// <summary>Case files of one case a line: `input => expected`; lines that begin with `#` are comments.</summary>
internal static class LineCases
{
    public static TheoryData<string, string> Read(string name)
    {
        var data = new TheoryData<string, string>();
        foreach (var line in TestCases.Read(name).Text.Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
        {
            var arrow = line.LastIndexOf("=>", StringComparison.Ordinal);
            data.Add(line[..arrow].Trim(), line[(arrow + 2)..].Trim());
        }
        return data;
    }
}
