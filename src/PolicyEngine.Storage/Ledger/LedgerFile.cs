using Microsoft.Data.Sqlite;

namespace PolicyEngine.Storage.Ledger;

/// <summary>Opens the database of decisions and keeps its schema.</summary>
internal static class LedgerFile
{
    private const int SchemaVersion = 1;
    /// <summary>"PolE": tells a ledger from any other database.</summary>
    private const int ApplicationId = 0x506F6C45;

    private const string Schema = """
        create table decisions (
          position integer primary key,
          id text not null unique,
          time integer not null,
          event text not null,
          rule text not null,
          pack text not null,
          stage text not null,
          key_type text not null,
          key_id text not null,
          outcome text not null,
          record blob not null);
        create index decisions_time on decisions (time);
        create index decisions_rule on decisions (rule, time);
        create index decisions_key on decisions (key_id, time);
        """;

    public static SqliteConnection OpenForWriting(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            Execute(connection, "pragma journal_mode = wal; pragma synchronous = full;");
            EnsureSchema(connection, path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static SqliteConnection OpenForReading(string path)
    {
        if (!File.Exists(path)) throw new StorageException($"there is no ledger at {path}");
        var connection = Open(path, SqliteOpenMode.ReadOnly);
        if (Pragma(connection, "application_id") == ApplicationId) return connection;
        connection.Dispose();
        throw new StorageException($"{path} is not a ledger of decisions");
    }

    public static StorageException Explain(string path, Exception error) => error switch
    {
        StorageException known => known,
        SqliteException { SqliteErrorCode: 13 } => new($"cannot write decisions to {path}: the disk is full", error),
        SqliteException { SqliteErrorCode: 8 or 14 or 23 } => new($"cannot write decisions to {path}: it may not be written", error),
        SqliteException { SqliteErrorCode: 5 or 6 } => new($"cannot use {path}: another process holds it", error),
        SqliteException { SqliteErrorCode: 11 or 26 } => new($"cannot use {path}: it is damaged or not a ledger of decisions", error),
        _ => new($"cannot use the ledger {path}: {error.Message}", error),
    };

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void EnsureSchema(SqliteConnection connection, string path)
    {
        var version = Pragma(connection, "user_version");
        if (version == SchemaVersion && Pragma(connection, "application_id") == ApplicationId) return;
        if (version > SchemaVersion) throw new StorageException($"{path} was written by a newer version of policy");
        if (Scalar(connection, "select count(*) from sqlite_master") != 0)
            throw new StorageException($"{path} is a database, but not a ledger of decisions");
        using var transaction = connection.BeginTransaction();
        Execute(connection, Schema + $"pragma user_version = {SchemaVersion}; pragma application_id = {ApplicationId};");
        transaction.Commit();
    }

    private static long Pragma(SqliteConnection connection, string name) => Scalar(connection, $"pragma {name}");

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
