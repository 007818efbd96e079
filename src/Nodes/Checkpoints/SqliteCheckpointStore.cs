using Microsoft.Data.Sqlite;

namespace HmmSim.Nodes.Checkpoints;

/// <summary>
/// Checkpoints in a SQLite database. A checkpoint is one transaction, so it is there whole or not at all; readers never wait for a writer.
/// </summary>
public sealed class SqliteCheckpointStore : ICheckpointStore
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS checkpoints (number INTEGER PRIMARY KEY, manifest BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS pieces (number INTEGER, part TEXT, begin INTEGER, content BLOB NOT NULL, PRIMARY KEY (number, part, begin));
        """;

    private readonly string _file;

    private SqliteCheckpointStore(string file) => _file = file;

    /// <inheritdoc/>
    public string Name => $"sqlite:{_file}";

    /// <summary>Opens a database; it need not exist yet.</summary>
    /// <exception cref="CheckpointException">The file is no database.</exception>
    public static SqliteCheckpointStore Open(string file)
    {
        SqliteCheckpointStore store = new(file);
        _ = store.Numbers();
        return store;
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> Numbers() => Reading("its content", connection =>
    {
        using SqliteCommand command = Command(connection, "SELECT number FROM checkpoints ORDER BY number");
        using SqliteDataReader reader = command.ExecuteReader();
        List<long> numbers = [];
        while (reader.Read())
        {
            numbers.Add(reader.GetInt64(0));
        }

        return numbers;
    }) ?? [];

    /// <inheritdoc/>
    public string NameOf(long number, string file) => FormattableString.Invariant($"{Name}, checkpoint {number}, {file}");

    /// <inheritdoc/>
    public byte[] ReadManifest(long number) => Reading(FormattableString.Invariant($"checkpoint {number}"), connection =>
    {
        using SqliteCommand command = Command(connection, "SELECT manifest FROM checkpoints WHERE number = $number", ("$number", number));
        return command.ExecuteScalar() as byte[];
    }) ?? throw Missing(number, FolderCheckpointStore.ManifestName);

    /// <inheritdoc/>
    public byte[] ReadPiece(long number, string part, long offset, int bytesAtMost) => Reading(part, connection =>
    {
        using SqliteCommand command = Command(
            connection,
            "SELECT begin, content FROM pieces WHERE number = $number AND part = $part AND begin + length(content) > $from AND begin < $to ORDER BY begin",
            ("$number", number),
            ("$part", part),
            ("$from", offset),
            ("$to", offset + bytesAtMost));
        using SqliteDataReader reader = command.ExecuteReader();
        using MemoryStream piece = new();
        while (reader.Read())
        {
            byte[] content = reader.GetFieldValue<byte[]>(1);
            int skip = (int)Math.Max(0, offset - reader.GetInt64(0));
            piece.Write(content.AsSpan(skip, Math.Min(content.Length - skip, bytesAtMost - (int)piece.Length)));
        }

        return piece.ToArray();
    }) ?? throw Missing(number, part);

    /// <inheritdoc/>
    public ICheckpointWriter Begin(long number)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(_file)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            return new SqliteCheckpointWriter(Connect(SqliteOpenMode.ReadWriteCreate, Schema), number, Refused);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw Refused(exception);
        }
    }

    /// <summary>A command with its values.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "Every text is a constant of this folder.")]
    internal static SqliteCommand Command(SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        foreach ((string name, object value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private SqliteConnection Connect(SqliteOpenMode mode, string? schema)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = _file, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            if (schema is not null)
            {
                using SqliteCommand command = Command(connection, schema);
                command.ExecuteNonQuery();
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private T? Reading<T>(string field, Func<SqliteConnection, T?> read)
        where T : class
    {
        if (!File.Exists(_file))
        {
            return null;
        }

        try
        {
            using SqliteConnection connection = Connect(SqliteOpenMode.ReadWrite, Schema);
            return read(connection);
        }
        catch (SqliteException exception)
        {
            throw new CheckpointException(Name, field, $"unreadable ({exception.Message})", "a database of checkpoints", "name another one");
        }
    }

    private CheckpointException Missing(long number, string file) => new(
        NameOf(number, file), "the entry", "missing", "one of a complete checkpoint", "go on from another checkpoint, or begin anew without --resume");

    private CheckpointException Refused(Exception exception) => new(
        Name, "the database", $"not writable ({exception.Message})", "one with room for a checkpoint", "name another one with --checkpoint-to");
}
