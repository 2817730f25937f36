using System.Text.Json;

namespace PolicyEngine.Service.Tests;

/// <summary>A folder of Sigma rules is served, and read again when one of them changes, comes or goes.</summary>
public sealed class SigmaFolderTests
{
    private const string Whoami = """
        title: Asks who it is
        logsource: {product: shop}
        detection:
          selection: {command|endswith: whoami}
          condition: selection

        """;

    [Fact]
    public async Task Rules_are_served_and_read_again_when_they_change()
    {
        await using var service = await RunningService.Start("asks_who.yml", Whoami);
        Assert.Equal(["asks_who"], await Decide(service, "1", "/bin/WHOAMI"));
        Assert.Empty(await Decide(service, "2", "/bin/id"));

        await File.WriteAllTextAsync(service.InPack("asks_who.yml"), Whoami.Replace("endswith: whoami", "endswith: [whoami, /id]", StringComparison.Ordinal));
        await Reloaded(service, 1);
        Assert.Equal(["asks_who"], await Decide(service, "3", "/bin/id"));

        await File.WriteAllTextAsync(service.InPack("second.yml"), Whoami.Replace("whoami", "id", StringComparison.Ordinal));
        await Reloaded(service, 2);
        Assert.Equal(["asks_who", "second"], await Decide(service, "4", "/bin/id"));

        File.Delete(service.InPack("asks_who.yml"));
        await Reloaded(service, 3);
        Assert.Equal(["second"], await Decide(service, "5", "/bin/id"));
    }

    [Fact]
    public async Task A_mapping_file_is_read_again_too()
    {
        await using var service = await RunningService.Start("asks_who.yml", Whoami);
        await File.WriteAllTextAsync(service.InPack("mapping.yml"), "logsources: [{logsource: {product: shop}, event: shop, fields: {command: line}}]\n");
        await Reloaded(service, 1);
        Assert.Empty(await Decide(service, "1", "/bin/whoami"));
        Assert.Equal(["asks_who"], await Decide(service, "2", "/bin/whoami", field: "line"));
    }

    [Fact]
    public async Task A_broken_rule_leaves_the_old_ones_in_force()
    {
        await using var service = await RunningService.Start("asks_who.yml", Whoami);
        await File.WriteAllTextAsync(service.InPack("second.yml"), Whoami.Replace("condition: selection", "condition: selections", StringComparison.Ordinal));
        var status = await service.Until("v1/status", s => s.GetProperty("last_reload").ValueKind != JsonValueKind.Null);
        Assert.Contains("second.yml:5:14: error P6004", status.GetProperty("last_reload").GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(["asks_who"], await Decide(service, "1", "/bin/whoami"));
    }

    private static async Task Reloaded(RunningService service, int times) =>
        await service.Until("v1/status", s => s.GetProperty("reloads").GetInt32() == times && s.GetProperty("last_reload").GetProperty("successful").GetBoolean());

    private static async Task<IEnumerable<string?>> Decide(RunningService service, string id, string command, string field = "command")
    {
        var answer = await service.Post("v1/evaluate", $$"""{"id":"{{id}}","type":"shop","time":"2026-01-01T00:00:0{{id}}Z","{{field}}":"{{command}}"}""");
        return answer.GetProperty("decisions").EnumerateArray().Select(d => d.GetProperty("rule").GetString()).Order(StringComparer.Ordinal);
    }
}
