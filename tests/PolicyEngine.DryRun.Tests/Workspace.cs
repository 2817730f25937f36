using PolicyEngine.Compiler;
using PolicyEngine.DryRun.Packs;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.DryRun.Tests;

/// <summary>A folder with files of a test, gone after it.</summary>
public sealed class Workspace : IDisposable
{
    public const string Pack = """
        pack payments
          owner "tests"
          policy "P1"
          stage enforce
        entity account
        event login { account: account  result: text }
        responses {
          suspend account for duration?
          also review account in text
        }
        label noisy of account "fails a lot"
        list friends: account from "lists/friends.txt"
        measure failures_1h = count of login where result = "no" per account over 1h
        rule failing "Fails a lot"
          on login per account
          when failures_1h >= 3
          except when account in friends because "they test logins"
          then label account as noisy for 2h, review account in "logins"
          because "{failures_1h} failures"
        rule worse "Fails very much"
          on login per account
          when failures_1h >= 5
          then suspend account for 1d
          because "{failures_1h} failures"

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("policy-dry-run-");

    public string Root => _folder.FullName;

    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>The pack above, with more text behind it.</summary>
    public PolicyModel Model(string more = "")
    {
        Write("pack/payments.policy", Pack + more);
        Write("pack/lists/friends.txt", "friend\n");
        var result = PackLoader.Load([Path.Combine(Root, "pack")]).Result;
        Assert.DoesNotContain(result.Diagnostics, d => d.Severity == Language.Diagnostics.Severity.Error);
        return result.Model!;
    }

    public Plan Plan() => PlanCompiler.Compile(Model());

    /// <summary>Failed logins a minute apart: 4 of a1, 6 of a2, 2 of a3, 6 of friend; logins that go well of a4.</summary>
    public string Recording(string name = "log.ndjson") => Write(name, string.Concat(Lines()));

    public static IEnumerable<string> Lines()
    {
        (string Account, int Failures)[] accounts = [("a1", 4), ("a2", 6), ("a3", 2), ("friend", 6)];
        for (var minute = 0; minute < 6; minute++)
        {
            foreach (var (account, failures) in accounts)
                if (minute < failures) yield return Line($"e-{account}-{minute}", account, minute, "no");
            yield return Line($"e-a4-{minute}", "a4", minute, "yes");
        }
    }

    public static string Line(string id, string account, int minute, string result) =>
        $$"""{"id":"{{id}}","type":"login","time":"2026-01-01T00:{{minute:00}}:00Z","account":"{{account}}","result":"{{result}}"}""" + "\n";

    public void Dispose() => _folder.Delete(recursive: true);
}
