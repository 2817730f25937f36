using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PolicyEngine.DryRun.Recordings;
using PolicyEngine.DryRun.Reports;
using PolicyEngine.DryRun.Scoring;
using PolicyEngine.Runtime;
using PolicyEngine.Runtime.Decisions;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Storage.Ledger;
using PolicyEngine.Storage.Sinks;

namespace PolicyEngine.DryRun;

/// <summary>Replays a recording against a plan. Nothing is enforced and nobody is told.</summary>
public sealed class DryRunner(Plan plan, DryRunOptions options)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Scorer? _scorer = options.Truth is { } truth ? new Scorer(truth) : null;
    private long? _begins;

    /// <param name="path">A recording, plain or packed, or `-` for the standard input.</param>
    /// <param name="stop">Ends the run early with a report of the part that was done.</param>
    /// <exception cref="InputException">The recording cannot be read.</exception>
    /// <exception cref="Storage.StorageException">The decisions cannot be written.</exception>
    public DryRunReport Run(string path, Action<DryRunProgress>? progress = null, CancellationToken stop = default)
    {
        using var reader = RecordingReader.Open(path);
        using var lines = options.Decisions is { } stream ? new NdjsonSink(stream) : null;
        using var engine = new Engine(plan, EngineOptions(), Sink(lines));
        var complete = Replay(engine, reader, progress, stop);
        engine.Finish(options.Until);
        options.AtEnd?.Invoke(engine);
        lines?.Flush();
        return Report(engine, path, complete ? reader.Hash : "");
    }

    private bool Replay(Engine engine, RecordingReader reader, Action<DryRunProgress>? progress, CancellationToken stop)
    {
        var source = engine.AddSource(new SourceOptions("recording", SourceMode.Ordered, options.Lateness));
        while (NextUnlessStopped(reader, stop) is { } block)
        {
            Begin(block);
            _scorer?.Usage.Add(block.Lines.Span);
            engine.Append(source, block.Lines, block.IsLast);
            progress?.Invoke(new DryRunProgress(engine.Counters.Events, reader.FileLength is > 0 and var all ? (double)block.FileBytes / all : null));
            reader.Return(block);
        }
        return !stop.IsCancellationRequested;
    }

    /// <summary>Null at the end, and when the run is stopped: a stream may have nothing to say for hours.</summary>
    private static RecordingBlock? NextUnlessStopped(RecordingReader reader, CancellationToken stop)
    {
        try
        {
            return reader.Next(stop);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Begin(RecordingBlock block)
    {
        if (_begins is not null) return;
        _begins = FirstEvent.Time(plan, block.Lines.Span);
        if (_scorer is not null && options.Warmup > 0 && _begins is { } first) _scorer.ScoredFrom = first + options.Warmup;
    }

    private EngineOptions EngineOptions() => new()
    {
        BatchSize = options.Batch,
        Threads = options.Threads,
        Seed = (BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8))),
    };

    private IDecisionSink Sink(NdjsonSink? lines)
    {
        IDecisionSink[] sinks = [.. new IDecisionSink?[] { lines, _scorer, options.Watch }.OfType<IDecisionSink>()];
        return sinks.Length switch
        {
            0 => NullSink.Instance,
            1 => sinks[0],
            _ => new TeeSink(sinks),
        };
    }

    private DryRunReport Report(Engine engine, string path, string recordingHash)
    {
        var counters = engine.Counters;
        var seconds = _watch.Elapsed.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        return new DryRunReport
        {
            Events = counters.Events,
            Accepted = counters.Accepted,
            Rejected = counters.Rejected,
            Late = counters.Late,
            Duplicates = counters.Duplicates,
            PendingAtEnd = counters.PendingAtEnd,
            Decisions = counters.Decisions,
            Seconds = Math.Round(seconds, 3),
            EventsPerSecond = (long)(counters.Events / Math.Max(seconds, 1e-9)),
            PeakBytes = process.PeakWorkingSet64,
            PackHash = plan.Hash,
            RecordingHash = recordingHash,
            Report = ReportId(recordingHash),
            Rules = [.. engine.RuleCounters.Select(Rule)],
            Labels = _scorer?.Report(key => Acts(engine, key)),
            RejectedByReason = counters.RejectedByReason,
            Interrupted = recordingHash.Length == 0,
            Window = _begins is { } first && engine.Clock > long.MinValue ? (first, engine.Clock) : null,
            Recording = path,
            EngineVersion = options.EngineVersion,
        };
    }

    private RuleReport Rule(RuleCounters counters)
    {
        var stage = plan.Rules.First(r => r.Pack == counters.Pack && r.Name == counters.Rule).Stage;
        return new RuleReport(
            counters.Rule, counters.Pack, DecisionText.Word(stage), counters.Decided, counters.Keys, counters.Suppressed, counters.PendingAtEnd)
        {
            Faults = counters.Faults,
        };
    }

    /// <summary>Where the plan keeps no ids of the entity nobody can tell who acts: then every row counts.</summary>
    private bool Acts(Engine engine, string key) => engine.Knows(options.Truth!.KeyName, Encoding.UTF8.GetBytes(key)) ?? true;

    /// <summary>List contents are in the plan's hash; threads and batches change nothing and stay out.</summary>
    private string ReportId(string recordingHash)
    {
        if (recordingHash.Length == 0) return "dr_partial";
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Hash}\0{recordingHash}\0{options.EngineVersion}\0{options.Until}\0{options.Warmup}\0{options.Lateness}");
        return "dr_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
