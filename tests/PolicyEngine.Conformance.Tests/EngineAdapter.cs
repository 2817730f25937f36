using System.Text;
using PolicyEngine.Compiler;
using PolicyEngine.Language.Model;
using PolicyEngine.Oracle.Differential;
using PolicyEngine.Oracle.Log;
using PolicyEngine.Runtime;
using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Conformance.Tests;

/// <summary>The engine behind its formats: policy text and lines of JSON in, lines of JSON out.</summary>
internal sealed class EngineAdapter : IEngineUnderTest
{
    /// <summary>Keeps what leaves the engine, as text.</summary>
    private sealed class Lines : IDecisionSink
    {
        public List<string> Written { get; } = [];

        public void Write(in DecisionRecord record) => Written.Add(Encoding.UTF8.GetString(record.Json));
    }

    public EngineOutput Run(EngineInput input, EngineSettings settings)
    {
        var model = Policies.Compile(input.Files);
        var limits = new EngineLimits
        {
            Skew = input.Log.Limits.Skew, Tolerance = input.Log.Limits.Tolerance, DuplicateHorizon = input.Log.Limits.DuplicateHorizon,
            MembersLookedAt = input.Log.Limits.MembersLookedAt,
        };
        var plan = PlanCompiler.Compile(model, new PlanOptions { Limits = limits });
        var lines = new Lines();
        using var engine = new Engine(plan, new EngineOptions { BatchSize = settings.Batch, Threads = settings.Threads, Screen = settings.Screen }, lines);
        foreach (var source in input.Log.Sources)
            engine.AddSource(new SourceOptions(source.Name, source.Immediate ? SourceMode.Immediate : SourceMode.Ordered, source.Lateness));
        Feed(engine, model, input.Log, settings);
        engine.Finish(input.Log.Limits.Until);
        var counters = engine.Counters;
        return new EngineOutput(lines.Written, new LogCounters
        {
            Events = counters.Events, Accepted = counters.Accepted, Rejected = counters.Rejected, Late = counters.Late, Duplicates = counters.Duplicates,
        });
    }

    /// <summary>Neighbouring events of one source go in together, so that batches fill.</summary>
    private static void Feed(Engine engine, PolicyModel model, EventLog log, EngineSettings settings)
    {
        var waiting = new StringBuilder();
        var (source, taken) = (0, 0);
        foreach (var entry in log.Entries)
        {
            if (taken++ == settings.ReloadAfter)
            {
                Append(engine, source, waiting);
                engine.Activate(PlanCompiler.Compile(model, new PlanOptions { Limits = engine.Plan.Limits }));
            }
            if (entry is not EventEntry next || next.Source != source) Append(engine, source, waiting);
            if (entry is EventEntry e)
            {
                source = e.Source;
                waiting.Append(e.Json).Append('\n');
            }
            else
            {
                Take(engine, model, entry);
            }
        }
        Append(engine, source, waiting);
    }

    private static void Append(Engine engine, int source, StringBuilder waiting)
    {
        if (waiting.Length == 0) return;
        var bytes = Encoding.UTF8.GetBytes(waiting.ToString());
        var used = 0;
        // The engine may stop before the end of what it was given; it must come to it, however often it has to be asked.
        for (var asked = 0; used < bytes.Length && asked < 1_000; asked++) used += engine.Append(source, bytes.AsMemory(used), isLast: false);
        Assert.Equal(bytes.Length, used);
        waiting.Clear();
    }

    private static void Take(Engine engine, PolicyModel model, LogEntry entry)
    {
        switch (entry)
        {
            case TickEntry tick:
                engine.Tick(tick.Time);
                break;
            case IdleEntry idle:
                engine.SourceIdle(idle.Source);
                break;
            case ListEditEntry edit:
                var list = model.Lists.Single(l => l.Name == edit.List);
                Assert.Equal(TypeKind.Text, list.Element.Kind);
                var value = new Constant(ValueKind.Text) { Text = Encoding.UTF8.GetBytes(edit.Value) };
                Assert.True(edit.Add ? engine.AddEntry(edit.List, value, edit.Until, "operator") : engine.RemoveEntry(edit.List, value, "operator"));
                break;
        }
    }
}
