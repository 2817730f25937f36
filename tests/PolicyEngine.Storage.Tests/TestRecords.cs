using System.Globalization;
using System.Text;
using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Storage.Tests;

/// <summary>Decisions as the engine would hand them over.</summary>
internal static class TestRecords
{
    public const long Start = 1_770_000_000_000;

    public static readonly ActionPlan Throttle = new(ActionKind.Respond, "throttle");
    public static readonly ActionPlan Review = new(ActionKind.Respond, "review");

    public static RulePlan Rule(string name, RuleStage stage = RuleStage.Enforce) => new()
    {
        Index = 0, Name = name, Id = "p." + name, Hash = "0", Pack = "p", PackHash = "1", Trigger = TriggerKind.Keyed, Stratum = 0, Stage = stage,
    };

    /// <summary>Writes decision number <paramref name="n"/>, one second after the one before it.</summary>
    public static void Write(this IDecisionSink sink, int n, RulePlan rule, string key, params ResponseOutcome[] responses)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(Start + n * 1000L).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var told = string.Join(',', responses.Select(r => $$"""{"action":"{{r.Action.Verb}}","outcome":"{{Ledger.DecisionText.Word(r.Outcome)}}"}"""));
        var json = $$"""
            {"id":"d_{{n}}","time":"{{time}}","event":"e{{n}}","rule":"{{rule.Name}}","pack":"p","stage":"{{Ledger.DecisionText.Word(rule.Stage)}}","key":{"type":"account","id":"{{key}}"},"responses":[{{told}}]}
            """;
        sink.Write(new DecisionRecord
        {
            Json = Encoding.UTF8.GetBytes(json),
            Id = Encoding.UTF8.GetBytes("d_" + n),
            Time = Start + n * 1000L,
            Rule = rule,
            EventId = Encoding.UTF8.GetBytes("e" + n),
            KeyType = "account",
            KeyId = Encoding.UTF8.GetBytes(key),
            Responses = responses,
        });
    }

    public static ResponseOutcome Outcome(ActionPlan action, Outcome outcome) => new(action, 0, 0, outcome, default);
}

/// <summary>A folder that is gone after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("policy-storage-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
