using Microsoft.Data.Sqlite;

namespace HmmSim.Nodes.Checkpoints;

/// <summary>Writes one checkpoint as one transaction.</summary>
internal sealed class SqliteCheckpointWriter : ICheckpointWriter
{
    private const int PieceBytes = 1 << 20;
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly long _number;
    private readonly Func<Exception, CheckpointException> _refused;
    private readonly Dictionary<string, long> _lengths = new(StringComparer.Ordinal);

    /// <summary>Begins the transaction, and owns the connection.</summary>
    public SqliteCheckpointWriter(SqliteConnection connection, long number, Func<Exception, CheckpointException> refused)
    {
        _connection = connection;
        _number = number;
        _refused = refused;
        _transaction = connection.BeginTransaction();
    }

    /// <inheritdoc/>
    public void Append(string part, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            byte[] piece = bytes[..Math.Min(PieceBytes, bytes.Length)].ToArray();
            long begin = _lengths.GetValueOrDefault(part);
            Execute(
                "INSERT INTO pieces VALUES ($number, $part, $begin, $content)",
                ("$number", _number),
                ("$part", part),
                ("$begin", begin),
                ("$content", piece));
            _lengths[part] = begin + piece.Length;
            bytes = bytes[piece.Length..];
        }
    }

    /// <inheritdoc/>
    public void Commit(ReadOnlySpan<byte> manifest)
    {
        Execute("INSERT INTO checkpoints VALUES ($number, $manifest)", ("$number", _number), ("$manifest", manifest.ToArray()));
        Execute("DELETE FROM checkpoints WHERE number NOT IN (SELECT number FROM checkpoints ORDER BY number DESC LIMIT 2)");
        Execute("DELETE FROM pieces WHERE number NOT IN (SELECT number FROM checkpoints)");
        try
        {
            _transaction.Commit();
        }
        catch (SqliteException exception)
        {
            throw _refused(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }

    private void Execute(string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        try
        {
            using SqliteCommand command = SqliteCheckpointStore.Command(_connection, text, values);
            command.Transaction = _transaction;
            command.ExecuteNonQuery();
        }
        catch (SqliteException exception)
        {
            throw _refused(exception);
        }
    }
}
