using PolicyEngine.Compiler;
using PolicyEngine.Oracle.Differential;
using PolicyEngine.Oracle.Log;
using PolicyEngine.Runtime;
using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Plans;
using IoPath = System.IO.Path;

namespace PolicyEngine.Conformance.Tests;

/// <summary>Faults are counted by rule (L3), whether the rule then fires or not; a condition that is known all the same is none.</summary>
public sealed class FaultTests
{
    private sealed class Nowhere : IDecisionSink
    {
        public void Write(in DecisionRecord record)
        {
        }
    }

    [Fact]
    public void EachRuleCountsItsOwn()
    {
        var input = CaseFolder.Read(IoPath.Combine(AppContext.BaseDirectory, "Cases", "semantics", "094-faults"));
        var limits = new EngineLimits { Skew = input.Log.Limits.Skew, MembersLookedAt = input.Log.Limits.MembersLookedAt };
        using var engine = new Engine(
            PlanCompiler.Compile(Policies.Compile(input.Files), new PlanOptions { Limits = limits }), new EngineOptions(), new Nowhere());
        var source = engine.AddSource(new SourceOptions("recording", SourceMode.Ordered));
        var lines = string.Concat(input.Log.Entries.Cast<EventEntry>().Select(e => e.Json + "\n"));
        engine.Append(source, System.Text.Encoding.UTF8.GetBytes(lines), isLast: true);
        engine.Finish();
        var faults = engine.RuleCounters.Where(r => r.Faults > 0).ToDictionary(r => r.Rule, r => r.Faults);
        Assert.Equal(
            new Dictionary<string, long> { ["acting"] = 1, ["at_least_one"] = 2, ["cautious"] = 3, ["excepted"] = 3, ["negated"] = 3, ["open_"] = 3 },
            faults);
        Assert.Equal(3, engine.RuleCounters.Single(r => r.Rule == "cautious").True);
    }
}
