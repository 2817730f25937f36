using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// The door: lines in, batches in total order out (semantics A). What comes out depends on the lines, ticks and idle sources in the
/// order they were given, and not on how lines were cut into calls or on the capacity of batches.
/// </summary>
public sealed class Intake
{
    private readonly Action<Rejection>? onRejected;
    private readonly List<IntakeSource> sources = [];
    private readonly WaitingRoom room = new();
    private readonly DuplicateTable seen;
    private readonly SeededHash128 hash;
    private readonly IntakeCounters counters = new();
    private readonly UnknownNames unknown = new();
    private EngineLimits limits;
    private EventDecoder decoder;
    private KeyInterner interner;
    private EventBatch batch = null!;
    private long arrivals;
    private long pendingTick = long.MinValue;
    private long believed = long.MinValue;
    private bool hasImmediate;
    private bool isFinished;

    public Intake(Plan plan, KeyTables tables, EngineOptions options, Action<Rejection>? onRejected)
    {
        this.onRejected = onRejected;
        limits = plan.Limits;
        decoder = new EventDecoder(plan, unknown);
        interner = new KeyInterner(plan, tables);
        hash = new SeededHash128(new Bits128(options.Seed.High, options.Seed.Low));
        seen = new DuplicateTable(limits);
    }

    /// <summary>W of A4; <see cref="long.MinValue"/> before there is one, <see cref="long.MaxValue"/> after <see cref="Finish"/>.</summary>
    public long Watermark { get; private set; } = long.MinValue;

    /// <summary>The greatest τ released so far, or a tick beyond it; <see cref="long.MinValue"/> before the first.</summary>
    public long Clock { get; private set; } = long.MinValue;

    /// <summary>The greatest time of an accepted event of any source; <see cref="long.MinValue"/> before the first.</summary>
    public long Newest => sources.Count == 0 ? long.MinValue : sources.Max(s => s.Newest ?? long.MinValue);

    /// <summary>An empty <see cref="Fill"/> would release something.</summary>
    public bool HasReleasable => room.Count > 0 && (IsReleasable(in room.Top) || room.Count > limits.WaitingCap);

    /// <summary>What the door counts; the rest of the record is the engine's.</summary>
    public EngineCounters Counters => counters.ToEngineCounters() with
    {
        Waiting = room.Count + sources.Count(s => s.HasHeld),
        UnknownFields = unknown.ToDictionary(),
    };

    /// <summary>An ordered source holds the watermark back until its first event, or until it is said to be idle.</summary>
    public int AddSource(SourceOptions options)
    {
        sources.Add(new IntakeSource(options));
        hasImmediate |= options.Mode == SourceMode.Immediate;
        if (options.Mode == SourceMode.Ordered) seen.CoverLateness(options.Lateness);
        return sources.Count - 1;
    }

    /// <summary>
    /// Empties the batch and fills it from waiting events and from whole lines of one source, until it is full or nothing is left.
    /// Returns how many bytes of <paramref name="lines"/> are done with; the rest must come again, with more behind it. When the batch
    /// <see cref="EventBatch.IsFull"/> there may be more to do at once; otherwise nothing is left until more input, a tick or the end comes.
    /// </summary>
    /// <param name="isLast">The source ends here, so a last line needs no line feed.</param>
    public int Fill(EventBatch batch, int source, ReadOnlyMemory<byte> lines, bool isLast)
    {
        Begin(batch);
        var consumed = 0;
        while (Drain() && !batch.IsFull)
        {
            var read = sources[source].ReadLine(lines.Span, isLast, limits.LineBytes, ref consumed, out var line);
            if (read == LineRead.None) break;
            Arrive(source, line, read == LineRead.TooLong);
            interner.Advance(batch, isComplete: false);
        }
        room.LeaveBatch();
        Complete();
        return consumed;
    }

    /// <summary>The end of all input (A10): events held aside are taken, and all that wait may be released.</summary>
    public void Finish()
    {
        foreach (var source in sources.Where(s => s.HasHeld).OrderBy(s => s.Held.Arrival))
        {
            ref var held = ref room.Next();
            held = source.TakeHeld();
            Accept(ref held, source);
        }
        isFinished = true;
        Watermark = long.MaxValue;
    }

    /// <summary>Time has come to this point although no event says so (A8).</summary>
    public void Tick(long time)
    {
        Watermark = Math.Max(Watermark, time);
        pendingTick = Math.Max(pendingTick, time);
        if (!HasReleasable) ApplyTick();
    }

    /// <summary>The source no longer holds the watermark back; its next event makes it active again.</summary>
    public void SourceIdle(int source)
    {
        sources[source].IsActive = false;
        RaiseWatermark();
    }

    /// <summary>Live, the wall clock of arrival: events up to the skew beyond it are believed whatever their neighbours say (A7).</summary>
    public void Believe(long wallTime) => believed = wallTime;

    /// <summary>A new plan: waiting lines will be read by its schema, and refused if it refuses them.</summary>
    public void Rebind(Plan plan, KeyTables tables)
    {
        limits = plan.Limits;
        decoder = new EventDecoder(plan, unknown);
        interner = new KeyInterner(plan, tables);
        seen.Rebind(limits);
    }

    private void Begin(EventBatch next)
    {
        batch = next;
        room.Batch = next;
        batch.Clear();
        interner.Begin();
    }

    private void Complete()
    {
        foreach (var column in batch.Columns)
        {
            column.Arena = batch.Text;
            if (column.Elements is { } elements) elements.Arena = batch.Text;
        }
        interner.Advance(batch, isComplete: true);
    }

    private void Arrive(int source, ReadOnlySpan<byte> line, bool isTooLong)
    {
        counters.Events++;
        var from = sources[source];
        if (isTooLong)
        {
            Reject(source, from.Line, RejectionReason.TooLong, $"the line has more than {limits.LineBytes} bytes");
            return;
        }
        if (decoder.Append(batch, line, from.Options.IdsFromContent) is { } reason)
        {
            Reject(source, from.Line, reason, decoder.Detail);
            return;
        }
        var row = batch.Count - 1;
        batch.Sources[row] = source;
        var time = batch.Times[row];
        var key = hash.Hash(batch.Id(row)) ^ new Bits128((ulong)time * 0x9E3779B97F4A7C15, (ulong)time * 0xD1B54A32D192ED03);
        seen.Prefetch(key, time);
        if (from.IsOrdered) ArriveOrdered(from, source, row, key);
        else ArriveImmediate(from, source, row, key);
    }

    private void ArriveOrdered(IntakeSource from, int source, int row, Bits128 key)
    {
        var time = batch.Times[row];
        // What came before says nothing new about the clock of its source: it neither refutes nor confirms an event held aside.
        var isCopy = (from.HasHeld || !IsBelieved(from, time)) && IsKnown(key, time);
        if (from.HasHeld && !isCopy)
        {
            if (from.Held.Key == key)
            {
                DropCopyOfHeld(from, row);
                return;
            }
            JudgeHeld(from, time);
        }
        ref var entry = ref room.Next();
        entry = new WaitingEvent
        {
            Time = time, Sequence = batch.Sequences[row], Arrival = arrivals++, Key = key, Line = from.Line, Source = source, Row = row,
        };
        if (isCopy || IsBelieved(from, time))
        {
            Accept(ref entry, from);
            return;
        }
        room.Park(ref entry);
        from.Hold(entry);
        batch.RemoveLast();
    }

    private void DropCopyOfHeld(IntakeSource from, int row)
    {
        counters.Accepted++;
        counters.Duplicates++;
        if (!from.Held.Text.SequenceEqual(batch.Line(row))) counters.DuplicatesDiffering++;
        batch.RemoveLast();
    }

    private void JudgeHeld(IntakeSource from, long nextTime)
    {
        ref var held = ref room.Next();
        held = from.TakeHeld();
        // Only going back refutes it: whatever comes at about its time or later says that there was a quiet gap.
        if (nextTime >= held.Time - limits.Skew)
        {
            Accept(ref held, from);
            return;
        }
        RejectFarFuture(held.Source, held.Line);
        room.Release(held);
    }

    private void ArriveImmediate(IntakeSource from, int source, int row, Bits128 key)
    {
        var time = batch.Times[row];
        if (!IsBelieved(from, time) && !IsKnown(key, time))
        {
            RejectFarFuture(source, from.Line);
            batch.RemoveLast();
            return;
        }
        counters.Accepted++;
        from.Newest = Math.Max(from.Newest ?? time, time);
        Apply(row, key, isLate: Clock != long.MinValue && time < Clock - limits.Tolerance);
    }

    private bool IsBelieved(IntakeSource from, long time) =>
        from.Newest is not { } newest || time <= newest + limits.Skew || (believed != long.MinValue && time <= believed + limits.Skew);

    private bool IsKnown(Bits128 key, long time) => seen.Holds(key, time, Clock) || room.Holds(key, time);

    /// <summary>The entry stands in the room's next place.</summary>
    private void Accept(ref WaitingEvent entry, IntakeSource from)
    {
        counters.Accepted++;
        var time = entry.Time;
        // Only a source that held the watermark back can let it rise.
        var heldBack = !from.IsActive || from.Newest is not { } before || before - from.Options.Lateness <= Watermark;
        from.IsActive = true;
        from.Newest = Math.Max(from.Newest ?? time, time);
        // Beside an immediate source the clock runs ahead of the watermark anyway, so an ordered one is given the same grace.
        if (time < (hasImmediate && Watermark != long.MinValue ? Watermark - limits.Tolerance : Watermark))
        {
            entry.IsLate = true;
            entry.Time = Watermark;
        }
        room.Push();
        if (heldBack) RaiseWatermark();
    }

    private void RaiseWatermark()
    {
        var least = long.MaxValue;
        foreach (var source in sources)
            if (source is { IsOrdered: true, IsActive: true })
                least = Math.Min(least, source.Newest is { } newest ? newest - source.Options.Lateness : long.MinValue);
        // It never goes back: what was released before it cannot be followed by older events.
        if (least != long.MaxValue) Watermark = Math.Max(Watermark, least);
    }

    /// <summary>Releases what may go. False if the batch has no row left for it.</summary>
    private bool Drain()
    {
        while (room.Count > 0)
        {
            if (!IsReleasable(in room.Top))
            {
                if (room.Count <= limits.WaitingCap) break;
                counters.Forced++;
                Watermark = Math.Max(Watermark, room.Top.Time + 1);
            }
            if (room.Top.Row < 0 && batch.IsFull) return false;
            ApplyTop();
        }
        ApplyTick();
        return true;
    }

    private bool IsReleasable(in WaitingEvent entry) => entry.IsLate || entry.Time < Watermark || isFinished;

    private void ApplyTick()
    {
        Clock = Math.Max(Clock, pendingTick);
        pendingTick = long.MinValue;
    }

    private void ApplyTop()
    {
        ref var entry = ref room.Top;
        var row = entry.Row >= 0 ? entry.Row : Decode(entry);
        if (row >= 0) Apply(row, entry.Key, entry.IsLate);
        room.Pop();
    }

    private void Apply(int row, Bits128 key, bool isLate)
    {
        var time = batch.Times[row];
        var tau = Clock == long.MinValue ? time : isLate ? Clock : Math.Max(time, Clock);
        if (IsDuplicate(key, row, tau)) return;
        Clock = tau;
        batch.Taus[row] = tau;
        batch.Order[batch.OrderCount++] = row;
        if (!isLate) return;
        counters.Late++;
        batch.Late[row >> 6] |= 1UL << (row & 63);
    }

    /// <summary>A row again for a line that waited; −1 if the plan in force now refuses it.</summary>
    private int Decode(in WaitingEvent entry)
    {
        var reason = decoder.Append(batch, entry.Text, sources[entry.Source].Options.IdsFromContent, countUnknown: false);
        room.Release(entry);
        if (reason is not null)
        {
            counters.Accepted--;
            Reject(entry.Source, entry.Line, reason, decoder.Detail);
            return -1;
        }
        batch.Sources[batch.Count - 1] = entry.Source;
        return batch.Count - 1;
    }

    private bool IsDuplicate(Bits128 key, int row, long clock)
    {
        var sighting = seen.Note(key, batch.Contents[row], batch.Times[row], clock);
        if (sighting == Sighting.First) return false;
        counters.Duplicates++;
        if (sighting == Sighting.AgainDiffering) counters.DuplicatesDiffering++;
        return true;
    }

    private void RejectFarFuture(int source, long line)
    {
        var ahead = limits.Skew / 1000;
        Reject(source, line, RejectionReason.FarFuture, $"`time` is more than {ahead} s after every other event of its source");
    }

    private void Reject(int source, long line, string reason, string detail)
    {
        counters.Reject(reason);
        onRejected?.Invoke(new Rejection(source, line, reason, detail));
    }
}
