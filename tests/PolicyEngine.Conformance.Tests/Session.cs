using System.Text;
using System.Text.Json.Nodes;
using PolicyEngine.Compiler;
using PolicyEngine.Runtime;
using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Conformance.Tests;

/// <summary>An engine that is told one event after the other, under one policy after the other, and what it decided at the last.</summary>
internal sealed class Session : IDecisionSink, IDisposable
{
    private readonly PlanOptions _options;
    private readonly Engine _engine;
    private readonly List<JsonNode> _decisions = [];
    private int _count;

    public Session(string policy, EngineLimits? limits = null)
    {
        _options = new PlanOptions { Limits = (limits ?? new EngineLimits()) with { Skew = 24 * 3_600_000L } };
        _engine = new Engine(Compile(policy), new EngineOptions(), this);
        _engine.AddSource(new SourceOptions("test", SourceMode.Immediate));
    }

    public void Activate(string policy) => _engine.Activate(Compile(policy));

    /// <summary>What a visit decides so many minutes after ten o'clock.</summary>
    public List<JsonNode> Visit(int minute, int n, string account = "a") => Send("visit", minute, account, $"\"n\":{n}");

    /// <param name="fields">More members of the event, without braces.</param>
    public List<JsonNode> Send(string type, int minute, string account, string fields = "\"n\":0")
    {
        _decisions.Clear();
        var line = $$"""
            {"id":"e{{_count++}}","type":"{{type}}","time":"2026-02-02T{{10 + (minute / 60):00}}:{{minute % 60:00}}:00Z","account":"{{account}}",{{fields}}}
            """;
        _engine.Append(0, Encoding.UTF8.GetBytes(line + "\n"), isLast: false);
        return [.. _decisions];
    }

    /// <summary>The reasons of all decisions upon an event.</summary>
    public string Said(string type, int minute, string account, string fields = "\"n\":0") =>
        string.Join("; ", Send(type, minute, account, fields).Select(d => d["because"]?.GetValue<string>() ?? d["rule"]!.GetValue<string>()));

    public void Write(in DecisionRecord record) => _decisions.Add(JsonNode.Parse(record.Json)!);

    public void Dispose() => _engine.Dispose();

    private Plan Compile(string policy) =>
        PlanCompiler.Compile(Policies.Compile(new Dictionary<string, string> { ["t.policy"] = policy }), _options);
}
