using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Measures;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Measures;

/// <summary>Puts happenings into a family the way the engine does, as batches or one by one.</summary>
internal sealed class FamilyDriver(IReadOnlyList<MeasurePlan> measures, EngineLimits limits)
{
    private static readonly Plan NoPlan = new()
    {
        Hash = "", Limits = new EngineLimits(), Packs = [], Domains = [], Columns = [], EventTypes = [], Nodes = [], Measures = [],
        Labels = [], Scores = [], Lists = [], Responses = [], Rules = [],
    };

    public Family Family { get; } = new(measures, limits);

    public IReadOnlyList<MeasurePlan> Measures { get; private set; } = measures;

    public void Rebind(IReadOnlyList<MeasurePlan> newMeasures)
    {
        Family.Rebind(newMeasures);
        Measures = newMeasures;
    }

    /// <summary>Which rows ask for lazy measures, a bit for each of 61 in turn.</summary>
    public ulong Askers { get; set; } = ulong.MaxValue;

    public bool IsAsked(int slot, int row) => !Family.IsLazy(slot) || (Askers >> (row + slot) % 61 & 1) != 0;

    /// <summary>Rows lie in the batch backwards; the order brings them right. Lazy measures are missing where nobody asks.</summary>
    public MeasureValue[][] Apply(IReadOnlyList<Happening> happenings)
    {
        var count = happenings.Count;
        var batch = new EventBatch(NoPlan, count);
        var columns = new Columns(count);
        for (var i = 0; i < count; i++)
        {
            batch.Taus[count - 1 - i] = happenings[i].Time;
            batch.Order[i] = count - 1 - i;
            columns.Put(count - 1 - i, happenings[i]);
        }
        var results = Measures.Select(m => NewResult(m.Result, count)).ToArray();
        Family.Apply(batch, batch.Order, columns.Input(Measures), results);
        Family.AskNobody((count + 63) / 64);
        for (var slot = 0; slot < Measures.Count; slot++)
            if (Family.IsLazy(slot)) Family.Ask(slot, AskedRows(slot, happenings));
        Family.ReadLazy(batch, batch.Order, results);
        return [.. happenings.Select((_, i) => Measures.Select((m, slot) => Cell(results[slot], m.Result, count - 1 - i)).ToArray())];
    }

    private ulong[] AskedRows(int slot, IReadOnlyList<Happening> happenings)
    {
        var rows = new ulong[(happenings.Count + 63) / 64];
        for (var i = 0; i < happenings.Count; i++)
        {
            var row = happenings.Count - 1 - i;
            if (IsAsked(slot, i) && (happenings[i].IsFed || happenings[i].IsRead))
                rows[row >> 6] |= 1UL << (row & 63);
        }
        return rows;
    }

    public MeasureValue[] Enter(Happening happening, long ordinal)
    {
        var columns = new Columns(1);
        columns.Put(0, happening);
        if (happening.IsFed)
            Family.Enter(happening.Key, happening.Time, ordinal, 0, columns.Input(Measures));
        return Read(happening.Key, happening.Time, ordinal);
    }

    public MeasureValue[] Read(int key, long time, long ordinal) =>
        [.. Measures.Select((_, slot) => Family.Read(slot, key, time, ordinal))];

    private static Vector NewResult(ValueKind kind, int count)
    {
        var vector = new Vector(kind, count, handles: kind == ValueKind.Text);
        // What an earlier batch left behind must not shine through.
        vector.Present.AsSpan().Fill(ulong.MaxValue);
        return vector;
    }

    private static MeasureValue Cell(Vector vector, ValueKind kind, int row) => !vector.IsPresent(row) ? MeasureValue.Missing : kind switch
    {
        ValueKind.Text => MeasureValue.Of((long)vector.Handles[row]),
        ValueKind.Number or ValueKind.Share or ValueKind.Rate => MeasureValue.Of(vector.Doubles[row]),
        _ => MeasureValue.Of(vector.Longs[row]),
    };

    private sealed class Columns(int count)
    {
        private readonly Vector _key = new(ValueKind.Entity, count, handles: true);
        private readonly Vector _integer = new(ValueKind.Integer, count);
        private readonly Vector _number = new(ValueKind.Number, count);
        private readonly Vector _text = new(ValueKind.Text, count, handles: true);
        private readonly ulong[] _feed = new ulong[(count + 63) / 64];
        private readonly ulong[] _readers = new ulong[(count + 63) / 64];
        private readonly ulong[] _numerator = new ulong[(count + 63) / 64];

        public void Put(int row, Happening happening)
        {
            var bit = 1UL << (row & 63);
            _feed[row >> 6] |= happening.IsFed ? bit : 0;
            _readers[row >> 6] |= happening.IsRead ? bit : 0;
            _numerator[row >> 6] |= happening.Numerator ? bit : 0;
            _key.Handles[row] = happening.Key;
            if (happening.Key >= 0)
                _key.SetPresent(row);
            if (happening.Integer is { } integer)
                (_integer.Longs[row], _) = (integer, Set(_integer, row));
            if (happening.Number is { } number)
                (_number.Doubles[row], _) = (number, Set(_number, row));
            _text.Handles[row] = happening.Text ?? -1;
            if (happening.Text is not null)
                _text.SetPresent(row);
        }

        public FamilyInput Input(IReadOnlyList<MeasurePlan> measures) => new()
        {
            Key = _key,
            Feed = _feed,
            Readers = _readers,
            Numerators = [.. measures.Select(m => m.Numerator >= 0 ? _numerator : null)],
            Amounts = [.. measures.Select(m => m.Amount switch
            {
                Catalogue.IntegerNode => _integer,
                Catalogue.NumberNode => _number,
                Catalogue.TextNode => _text,
                _ => null,
            })],
            Parts = [.. measures.Select(m => m.Feed == Catalogue.PartNode ? _numerator : null)],
            Gap = new TwiceTheGap(),
        };

        private static bool Set(Vector vector, int row)
        {
            vector.SetPresent(row);
            return true;
        }
    }
}
