using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// Decides, once, what a family keeps: which windows need the log, which accumulators two measures can share, and where every word
/// lies.
/// </summary>
internal sealed class FamilyLayout
{
    private readonly RecordLayout _record = new();
    private readonly EventLog _log;
    private readonly FamilyKeys _keys;
    private readonly FamilyCounters _counters;
    private readonly EngineLimits _limits;
    private readonly IReadOnlyList<MeasurePlan> _measures;
    private readonly List<Window> _windows = [];
    private readonly Dictionary<(Type, Window, object?, bool), Accumulator> _accumulators = [];

    public FamilyLayout(IReadOnlyList<MeasurePlan> measures, EngineLimits limits, FamilyKeys keys, FamilyCounters counters)
    {
        _measures = measures;
        _limits = limits;
        _keys = keys;
        _counters = counters;
        _log = new EventLog(_record);
        // The log's two words come first: windows refer to its head.
        _log.RingWord = FamilyKeys.LastTime + 1;
        _log.HeadWord = _log.RingWord + 1;
        Readers = [.. measures.DistinctBy(m => m.Hash).Select(Reader)];
        foreach (var lazy in _windows.OfType<LazyWindow>().OrderByDescending(w => w.Plan.Length).ToList())
            Remember(lazy.Plan);
        Seal();
    }

    public IReadOnlyList<MeasureReader> Readers { get; }

    public IReadOnlyList<Window> Windows => _windows;

    public RecordLayout Record => _record;

    public EventLog Log => _log;

    /// <summary>Header words of a family with lazy windows: the oldest index kept, and the batch that said so.</summary>
    public int KeptWord { get; private set; }

    public int BatchWord { get; private set; }

    /// <summary>Words from the header's begin that every event may touch.</summary>
    public int HotWords { get; private set; }

    private MeasureReader Reader(MeasurePlan plan)
    {
        var numerator = plan.Aggregate == PlanAggregate.Share ? _record.Numerator(plan.Numerator) : null;
        var amount = HasAmount(plan.Aggregate) ? _record.Amount(AmountSource.Of(plan)) : null;
        var window = WindowFor(plan);
        if (window is LoggedWindow or LazyWindow && numerator is not null)
            numerator.IsKept = true;
        // Frequencies find what leaves by the pair that the record names.
        var isFrequency = window.IsPlain && plan.Aggregate is PlanAggregate.Entropy or PlanAggregate.TopShare;
        if ((window is LazyWindow || (window is LoggedWindow && !isFrequency)) && amount is not null)
            amount.IsKept = true;
        return new MeasureReader(plan, window, AccumulatorFor(plan, window, numerator, amount)) { Numerator = numerator, Amount = amount };
    }

    private static bool HasAmount(PlanAggregate aggregate) => aggregate is not
        (PlanAggregate.Count or PlanAggregate.Rate or PlanAggregate.Share or PlanAggregate.SinceFirst or PlanAggregate.SinceLast);

    private Window WindowFor(MeasurePlan plan)
    {
        var form = FormOfWindow(plan);
        var window = _windows.Find(w => w.Plan == plan.Window && w.GetType() == form && (w is not LazyWindow l || l.Askers == plan.ReaderScreen));
        if (window is not null)
            return window;
        window = form == typeof(RunningWindow) ? new RunningWindow(plan.Window)
            : form == typeof(FloorWindow) ? new FloorWindow(plan.Window)
            : form == typeof(LazyWindow) ? new LazyWindow(plan.Window, plan.ReaderScreen, _log, _limits.EventsPerKey)
            : new LoggedWindow(plan.Window, _log, _limits.EventsPerKey, _counters);
        _windows.Add(window);
        return window;
    }

    /// <summary>Something must say how long events are needed: a window that moves with every event and is as long.</summary>
    private void Remember(PlanWindow lazy)
    {
        if (!_windows.Any(w => w is LoggedWindow && (w.Plan == lazy || (w.Plan.IsSliding && w.Plan.Length >= lazy.Length + lazy.Step))))
            _windows.Add(new LoggedWindow(lazy, _log, _limits.EventsPerKey, _counters));
    }

    private static Type FormOfWindow(MeasurePlan plan)
    {
        var window = plan.Window;
        if (window.Kind == PlanWindowKind.Forever)
            return typeof(RunningWindow);
        if (window.Ending > 0)
            return typeof(LoggedWindow);
        if (plan.IsLazy)
            return typeof(LazyWindow);
        var leavesOneByOne = plan.Aggregate is PlanAggregate.Percentile or PlanAggregate.Entropy or PlanAggregate.TopShare;
        if (window.Kind != PlanWindowKind.Sliding)
            return leavesOneByOne ? typeof(LoggedWindow) : typeof(RunningWindow);
        return plan.Aggregate is PlanAggregate.Distinct or PlanAggregate.Latest or PlanAggregate.Previous or PlanAggregate.SinceLast
            ? typeof(FloorWindow)
            : typeof(LoggedWindow);
    }

    private Accumulator? AccumulatorFor(MeasurePlan plan, Window window, NumeratorColumn? numerator, AmountColumn? amount)
    {
        var isMax = plan.Aggregate == PlanAggregate.Max;
        var isLogged = window is LoggedWindow;
        return plan.Aggregate switch
        {
            PlanAggregate.Count or PlanAggregate.Rate => null,
            PlanAggregate.Share => Shared(window, numerator, () => new ShareAccumulator(window, numerator!)),
            PlanAggregate.Sum or PlanAggregate.Average =>
                Shared(window, amount, () => new SumAccumulator(window, amount!, _counters)),
            PlanAggregate.Variation => Shared(window, amount, () => new VariationAccumulator(window, amount!, _counters)),
            PlanAggregate.Min or PlanAggregate.Max when isLogged =>
                Shared(window, amount, () => new SlidingExtreme(window, amount!, isMax, _log, _record), isMax),
            PlanAggregate.Min or PlanAggregate.Max =>
                Shared(window, amount, () => new RunningExtreme(window, amount!, isMax), isMax),
            PlanAggregate.Percentile => Shared(window, amount, () => new PercentileAccumulator(window, amount!)),
            PlanAggregate.Distinct => Shared(
                window, amount, () => new DistinctAccumulator(window, amount!, _limits.DistinctPerKey, _counters)),
            PlanAggregate.Entropy or PlanAggregate.TopShare =>
                Shared(window, amount, () => new FrequencyAccumulator(window, amount!, NeedsGreatest(window, amount!), _record)),
            PlanAggregate.First or PlanAggregate.SinceFirst when isLogged =>
                Shared(window, amount, () => new SlidingFirst(window, amount, _log)),
            PlanAggregate.First or PlanAggregate.SinceFirst => Shared(window, amount, () => new RunningFirst(window, amount)),
            PlanAggregate.Latest => Shared(window, amount, () => new LatestAccumulator(window, amount!)),
            _ => Shared(window, amount, () => new PreviousAccumulator(window, amount)),
        };
    }

    /// <summary>Entropy alone does without the counts of frequencies.</summary>
    private bool NeedsGreatest(Window window, AmountColumn amount) => _measures.Any(m =>
        m.Aggregate == PlanAggregate.TopShare && m.Window == window.Plan && AmountSource.Of(m) == amount.Source);

    private Accumulator Shared<T>(Window window, object? column, Func<T> create, bool variant = false)
        where T : Accumulator
    {
        var key = (typeof(T), window, column, variant);
        if (!_accumulators.TryGetValue(key, out var accumulator))
            _accumulators.Add(key, accumulator = create());
        return accumulator;
    }

    private void Seal()
    {
        _record.Seal();
        _log.Seal();
        // What every event touches lies together; what only some ask for comes after it.
        var word = _log.HeadWord + 1;
        if (_windows.Exists(w => w is LazyWindow))
            (KeptWord, BatchWord) = (word++, word++);
        word = Place(word, _windows.Where(w => w is not LazyWindow));
        HotWords = word;
        word = Place(word, _windows.OfType<LazyWindow>());
        _keys.Seal(word);
    }

    private int Place(int word, IEnumerable<Window> windows)
    {
        foreach (var window in windows)
        {
            word = window.Place(word);
            foreach (var accumulator in _accumulators.Values.Where(a => a.Window == window))
            {
                accumulator.Offset = word;
                word += accumulator.Words;
            }
        }
        return word;
    }
}
