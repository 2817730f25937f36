using System.Net;
using System.Text;
using PolicyEngine.DryRun.Recordings;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.DryRun.Campaigns;

/// <summary>
/// Goes over a recording once more, now that it is known who belongs to which campaign, and counts what the campaigns did and what
/// everybody else did.
/// </summary>
internal sealed class ActivityPass
{
    private const long ReactionSpan = 86_400_000;
    private readonly ActivityFields _fields;
    private readonly LineReader _line;
    private readonly ValueNames _accounts = new();
    private readonly List<(CampaignActivity Campaign, long Enforced)> _memberships = [];
    private readonly HashSet<int> _referenceTypes = [];
    private readonly List<(int Type, long Time, int Field, int Value)> _references = [];
    private TimestampParser _times;
    private long _began = long.MinValue;

    public ActivityPass(ActivityFields fields, IReadOnlyList<CampaignCase> cases)
    {
        _fields = fields;
        _line = new LineReader([.. fields.All.Select(f => f.Path)]);
        Campaigns = [.. cases.Select(c => new CampaignActivity(c))];
        foreach (var campaign in Campaigns)
        {
            foreach (var account in campaign.Case.Accounts)
            {
                // An account in two cases is counted in the first only, so that the sums are those of the recording.
                if (_accounts.Number(Encoding.UTF8.GetBytes(account)) != _memberships.Count) continue;
                _memberships.Add((campaign, campaign.Case.Enforced.GetValueOrDefault(account, long.MaxValue)));
            }
        }
        foreach (var reference in fields.References) _referenceTypes.Add(Types.Number(Encoding.UTF8.GetBytes(reference)));
    }

    public IReadOnlyList<CampaignActivity> Campaigns { get; }

    public Activity Elsewhere { get; } = new();

    public ValueNames Types { get; } = new();

    public ValueNames Values { get; } = new();

    public IReadOnlyList<(int Type, long Time, int Field, int Value)> References => _references;

    public long Events { get; private set; }

    /// <summary>The kind of event that came most, as far as has been read: the first block tells it for the whole recording.</summary>
    public int MainType { get; private set; } = -1;

    public void Run(RecordingReader reader, Action<DryRunProgress>? progress, CancellationToken stop)
    {
        while (reader.Next(stop) is { } block)
        {
            if (MainType < 0) MainType = MostFrequentType(block.Lines.Span);
            foreach (var range in block.Lines.Span.Split((byte)'\n'))
                if (_line.Read(block.Lines.Span[range])) Count();
            progress?.Invoke(new DryRunProgress(Events, reader.FileLength is > 0 and var all ? (double)block.FileBytes / all : null));
            reader.Return(block);
        }
        foreach (var campaign in Campaigns) campaign.Timing.Finish();
    }

    private int MostFrequentType(ReadOnlySpan<byte> lines)
    {
        var counts = new Activity();
        foreach (var range in lines.Split((byte)'\n'))
            if (_line.Read(lines[range])) counts.CountType(Types.Number(_line[0]));
        return counts.EventsByType.Where(t => !_referenceTypes.Contains(t.Key)).OrderByDescending(t => t.Value).ThenBy(t => t.Key)
            .Select(t => t.Key).FirstOrDefault(-1);
    }

    private void Count()
    {
        if (!_times.TryParse(_line[1], out var time, out _) && !TimestampParser.TryParseEpoch(_line[1], out time)) return;
        if (_began == long.MinValue) _began = time;
        Events++;
        var type = Types.Number(_line[0]);
        if (_referenceTypes.Contains(type)) Refer(type, time);
        var member = Member();
        var (campaign, enforced) = member < 0 ? default : _memberships[member];
        var activity = campaign?.Activity ?? Elsewhere;
        activity.CountType(type);
        campaign?.See(time);
        var isMain = type == MainType;
        if (isMain) campaign?.Act(member, time, _began, enforced);
        for (var field = 2; field < _fields.All.Count; field++)
            if (!_line[field].IsEmpty) CountField(field, isMain, member, campaign, activity);
        if (isMain) React(time, activity);
    }

    private int Member()
    {
        for (var field = 2; field < _fields.All.Count; field++)
            if (_fields.All[field].Role == FieldRole.Member && !_line[field].IsEmpty) return _accounts.Find(_line[field]);
        return -1;
    }

    private void CountField(int field, bool isMain, int member, CampaignActivity? campaign, Activity activity)
    {
        switch (_fields.All[field].Role)
        {
            case FieldRole.Target when isMain:
                activity.CountValue(field, Values.Number(_line[field]));
                break;
            case FieldRole.Infrastructure or FieldRole.Template when campaign is not null:
                var value = ValueOf(field);
                activity.CountValue(field, value);
                campaign.Bear(field, value, member);
                break;
        }
    }

    private int ValueOf(int field)
    {
        var read = _fields.All[field];
        if (read.Role == FieldRole.Template)
        {
            Span<byte> text = stackalloc byte[16];
            return Values.Number(text[..Template.Format(Template.Fingerprint(_line[field]), text)]);
        }
        if (read.Bits == 0 || !IPAddress.TryParse(Encoding.UTF8.GetString(_line[field]), out var address)) return Values.Number(_line[field]);
        return Values.Number(Encoding.UTF8.GetBytes(Network(address, read.Bits)));
    }

    private static string Network(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = bits; bit < bytes.Length * 8; bit++) bytes[bit >> 3] &= (byte)~(0x80 >> (bit & 7));
        return $"{new IPAddress(bytes)}/{bits}";
    }

    private void Refer(int type, long time)
    {
        for (var field = 2; field < _fields.All.Count; field++)
            if (_fields.All[field].Role == FieldRole.Target && !_line[field].IsEmpty)
                _references.Add((type, time, field, Values.Number(_line[field])));
    }

    private void React(long time, Activity activity)
    {
        for (var i = 0; i < _references.Count; i++)
        {
            var reference = _references[i];
            if (time >= reference.Time + ReactionSpan || _line[reference.Field].IsEmpty) continue;
            activity.CountAfter(i, Values.Number(_line[reference.Field]) == reference.Value);
        }
    }
}
