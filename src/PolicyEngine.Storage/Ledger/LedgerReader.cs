using Microsoft.Data.Sqlite;

namespace PolicyEngine.Storage.Ledger;

/// <summary>Looks decisions up in a ledger; sees what was committed.</summary>
public sealed class LedgerReader : IDecisionArchive
{
    private const string Columns = "position, id, time, event, rule, pack, stage, key_type, key_id, outcome, record";

    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();

    /// <exception cref="StorageException">There is no ledger at the path, or it cannot be read.</exception>
    public LedgerReader(string path)
    {
        _path = path;
        try
        {
            _connection = LedgerFile.OpenForReading(path);
        }
        catch (SqliteException error)
        {
            throw LedgerFile.Explain(path, error);
        }
    }

    public IReadOnlyList<StoredDecision> List(DecisionFilter filter)
    {
        var (conditions, values) = Conditions(filter);
        var where = conditions.Count == 0 ? "" : " where " + string.Join(" and ", conditions);
        return Query($"select {Columns} from decisions{where} order by time desc, position desc limit $limit", [.. values, ("$limit", filter.Limit)]);
    }

    public StoredDecision? Get(string id) => Query($"select {Columns} from decisions where id = $id", [("$id", id)]).FirstOrDefault();

    private static (List<string>, List<(string, object)>) Conditions(DecisionFilter filter)
    {
        var conditions = new List<string>();
        var values = new List<(string, object)>();
        void Add(string condition, string name, object value)
        {
            conditions.Add(condition);
            values.Add((name, value));
        }
        if (filter.Rule?.Split('.', 2) is [var pack, var qualified])
        {
            Add("pack = $pack", "$pack", pack);
            Add("rule = $rule", "$rule", qualified);
        }
        else if (filter.Rule is { } rule) Add("rule = $rule", "$rule", rule);
        if (filter.Key is { } key) Add("key_id = $key", "$key", key);
        if (filter.Stage is { } stage) Add("stage = $stage", "$stage", stage);
        if (filter.Since is { } since) Add("time >= $since", "$since", since);
        if (filter.Until is { } until) Add("time < $until", "$until", until);
        if (filter.After is not { } after) return (conditions, values);
        Add("(time, position) < ($after_time, $after_position)", "$after_time", after.Time);
        values.Add(("$after_position", after.Position));
        return (conditions, values);
    }

    private List<StoredDecision> Query(string sql, IReadOnlyList<(string Name, object Value)> parameters)
    {
        try
        {
            lock (_gate)
            {
                using var command = _connection.CreateCommand();
                command.CommandText = sql;
                foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
                using var reader = command.ExecuteReader();
                var found = new List<StoredDecision>();
                while (reader.Read()) found.Add(Read(reader));
                return found;
            }
        }
        catch (SqliteException error)
        {
            throw LedgerFile.Explain(_path, error);
        }
    }

    private static StoredDecision Read(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
        row.GetString(7), row.GetString(8), row.GetString(9), row.GetFieldValue<byte[]>(10));

    public void Dispose() => _connection.Dispose();
}
