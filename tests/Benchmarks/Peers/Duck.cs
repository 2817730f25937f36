using DuckDB.NET.Data;

namespace PolicyEngine.Benchmarks.Peers;

/// <summary>DuckDB over a table in memory, on one thread: all rules in one statement, after the fact.</summary>
internal sealed class Duck(bool isLoadCounted) : Peer, IDisposable
{
    private const string Rules = """
        SELECT
          count(*) FILTER (cot_score >= 0.97 AND task = 'reasoning'),
          count(*) FILTER (input_tokens > 3000),
          count(*) FILTER (output_tokens > 3900),
          count(*) FILTER (status = 500 AND model = 'large-4'),
          count(*) FILTER (status = 429 AND task = 'vision'),
          count(*) FILTER (country IN ('BR', 'KE') AND output_tokens < 15),
          count(*) FILTER (tool_calls >= 2 AND input_tokens BETWEEN 2900 AND 2950),
          count(*) FILTER (task = 'translation' AND model = 'large-5' AND input_tokens < 50),
          count(*) FILTER (cot_score < 0.02 AND task <> 'reasoning'),
          count(*) FILTER (output_tokens > input_tokens * 40),
          count(*) FILTER (requests_1h >= 25),
          count(*) FILTER (tokens_24h >= 350000),
          count(*) FILTER (asks_24h / requests_24h >= 0.9 AND requests_24h >= 100)
        FROM (
          SELECT *,
            count(*) OVER an_hour AS requests_1h,
            count(*) OVER a_day AS requests_24h,
            sum(output_tokens) OVER a_day AS tokens_24h,
            sum(CASE WHEN cot_score >= 0.7 THEN 1.0::DOUBLE ELSE 0.0::DOUBLE END) OVER a_day AS asks_24h
          FROM exchange
          WINDOW
            an_hour AS (PARTITION BY account ORDER BY time RANGE BETWEEN 3599999 PRECEDING AND CURRENT ROW),
            a_day AS (PARTITION BY account ORDER BY time RANGE BETWEEN 86399999 PRECEDING AND CURRENT ROW)
        )
        """;

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private Exchange[]? _loaded;

    public override string Name => "DuckDB.NET 1.5.6.1";

    public override string Way => isLoadCounted ? "objects to table to counts, batch" : "table to counts, batch";

    /// <summary>Puts the events into the table, for runs in which this is not measured.</summary>
    public void Load(Exchange[] events)
    {
        if (_connection.State != System.Data.ConnectionState.Open) _connection.Open();
        Execute("SET threads = 1");
        Execute("CREATE OR REPLACE TABLE exchange (time BIGINT, account INTEGER, country VARCHAR, model VARCHAR, task VARCHAR, "
            + "cot_score DOUBLE, input_tokens INTEGER, output_tokens INTEGER, tool_calls INTEGER, status INTEGER)");
        using var appender = _connection.CreateAppender("exchange");
        foreach (var e in events)
            appender.CreateRow().AppendValue(e.Time).AppendValue(e.Account).AppendValue(e.Country).AppendValue(e.Model).AppendValue(e.Task)
                .AppendValue(e.CotScore).AppendValue(e.InputTokens).AppendValue(e.OutputTokens).AppendValue(e.ToolCalls).AppendValue(e.Status).EndRow();
        _loaded = events;
    }

    public override long[] Run(Exchange[] events)
    {
        if (isLoadCounted || _loaded != events) Load(events);
        using var command = _connection.CreateCommand();
        command.CommandText = Rules;
        using var reader = command.ExecuteReader();
        reader.Read();
        return [.. Enumerable.Range(0, ThirteenRules.Count).Select(reader.GetInt64)];
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
