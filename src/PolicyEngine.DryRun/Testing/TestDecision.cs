using System.Text;
using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Storage.Ledger;

namespace PolicyEngine.DryRun.Testing;

/// <summary>A decision in a test. <paramref name="At"/>: milliseconds from the test's start.</summary>
internal sealed record TestDecision(
    long At, string Pack, string Rule, string KeyType, string KeyId, string Because, IReadOnlyList<TestResponse> Responses)
{
    /// <summary>The decision is about this entity: as its key, or because it acts upon it.</summary>
    public bool Concerns(string? entity, string? id) =>
        entity is null || (KeyType == entity && KeyId == id) || Responses.Any(r => r.Entity == entity && r.EntityId == id);
}

/// <summary>
/// <paramref name="Subject"/>: the label of a label action, the response's name otherwise. <paramref name="For"/>: how long, in
/// milliseconds; null for good.
/// </summary>
internal sealed record TestResponse(ActionKind Kind, string Verb, string Subject, string? Entity, string EntityId, Outcome Outcome, long? For)
{
    public bool IsCarriedOut => Outcome is Outcome.CarriedOut or Outcome.Already;

    public override string ToString()
    {
        var what = Kind is ActionKind.Label or ActionKind.Unlabel ? $"{Verb} {Subject}" : Verb;
        var upon = Entity is null ? "" : $" for {Entity} \"{EntityId}\"";
        return what + upon + (Outcome == Outcome.CarriedOut ? "" : $" ({DecisionText.Word(Outcome).Replace('_', ' ')})");
    }
}

/// <summary>Keeps every decision of a test.</summary>
internal sealed class TestDecisions(Plan plan, long starting) : IDecisionSink
{
    private readonly List<TestDecision> _decisions = [];

    public IReadOnlyList<TestDecision> All => _decisions;

    public void Write(in DecisionRecord record)
    {
        var responses = new List<TestResponse>(record.Responses.Length);
        foreach (var response in record.Responses)
        {
            var action = response.Action;
            var subject = action.Kind is ActionKind.Label or ActionKind.Unlabel ? plan.Labels[action.Subject].Name : action.Verb;
            responses.Add(new TestResponse(
                action.Kind, action.Verb, subject, action.TargetEntity, Encoding.UTF8.GetString(response.EntityId.Span), response.Outcome, action.For));
        }
        _decisions.Add(new TestDecision(
            record.Time - starting, record.Rule.Pack, record.Rule.Name, record.KeyType, Encoding.UTF8.GetString(record.KeyId),
            Because(record.Json), responses));
    }

    private static string Because(ReadOnlySpan<byte> json)
    {
        var reader = new System.Text.Json.Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != System.Text.Json.JsonTokenType.PropertyName) continue;
            var found = reader.ValueTextEquals("because"u8);
            reader.Read();
            if (found) return reader.GetString() ?? "";
            reader.Skip();
        }
        return "";
    }
}
