namespace PolicyEngine.Cli.Tests;

public sealed class DryRunTests
{
    [Theory]
    [InlineData(40, "rule_40")]
    [InlineData(41, "and 41 rules that did nothing")]
    public async Task Many_rules_that_did_nothing_are_counted_rather_than_listed(int rules, string line)
    {
        var folder = Directory.CreateTempSubdirectory("policy-cli-");
        var text = "pack p\nevent e { n: integer }\nrule loud on each e when n > 0 then observe\n"
            + string.Concat(Enumerable.Range(1, rules).Select(i => $"rule rule_{i} on each e when n < 0 then observe\n"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "p.policy"), text);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "log.ndjson"), """{"id":"1","type":"e","time":"2026-01-01T00:00:00Z","n":1}""" + "\n");
        var (exit, output, _) = await PolicyProcess.Run(folder.FullName, ["dry-run", "p.policy", "--on", "log.ndjson"]);
        Assert.Equal(0, exit);
        Assert.Contains("  loud ", output, StringComparison.Ordinal);
        Assert.Contains(line, output, StringComparison.Ordinal);
        Assert.Equal(rules == 40, output.Contains("rule_1 ", StringComparison.Ordinal));
        folder.Delete(recursive: true);
    }
}
