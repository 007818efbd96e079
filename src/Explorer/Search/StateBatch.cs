namespace HmmSim.Explorer.Search;

/// <summary>States that one thread has found for another, each with its hash.</summary>
/// <param name="stateWords">Words of a state.</param>
internal sealed class StateBatch(int stateWords)
{
    private const int FirstRows = 256;
    private ulong[] _rows = [];
    private int _length;

    /// <summary>Number of states.</summary>
    public int Count => _length / (stateWords + 1);

    /// <summary>Adds a state.</summary>
    public void Add(ReadOnlySpan<ulong> state, ulong hash)
    {
        if (_length == _rows.Length)
        {
            Array.Resize(ref _rows, Math.Max(_rows.Length * 2, FirstRows * (stateWords + 1)));
        }

        _rows[_length] = hash;
        state.CopyTo(_rows.AsSpan(_length + 1));
        _length += stateWords + 1;
    }

    /// <summary>The hash of a state.</summary>
    public ulong Hash(int number) => _rows[number * (stateWords + 1)];

    /// <summary>The words of a state.</summary>
    public ReadOnlySpan<ulong> State(int number) => _rows.AsSpan((number * (stateWords + 1)) + 1, stateWords);

    /// <summary>Takes all states out.</summary>
    public void Clear() => _length = 0;
}
