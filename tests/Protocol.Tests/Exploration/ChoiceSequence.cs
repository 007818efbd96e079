namespace HmmSim.Protocol.Tests.Exploration;

/// <summary>
/// Walks all sequences of choices depth-first without storing a state: a run replays the choices so far, takes the first of every
/// new choice, and <see cref="Advance"/> moves the last choice that has another.
/// </summary>
internal sealed class ChoiceSequence
{
    private readonly List<(int Taken, int Count)> _choices = [];
    private int _at;

    /// <summary>The choices taken in this run, for a report that can be replayed.</summary>
    public IEnumerable<int> Taken => _choices.Select(choice => choice.Taken);

    /// <summary>One of <paramref name="count"/> alternatives; a single one is no choice.</summary>
    public int Choose(int count)
    {
        if (count == 1)
        {
            return 0;
        }

        if (_at == _choices.Count)
        {
            _choices.Add((0, count));
        }

        (int taken, int expected) = _choices[_at++];
        return count == expected
            ? taken
            : throw new InvalidOperationException($"choice {_at} had {expected} alternatives and now {count}: the run is not deterministic");
    }

    /// <summary>Goes to the next sequence; false after the last.</summary>
    public bool Advance()
    {
        _at = 0;
        while (_choices.Count > 0)
        {
            (int taken, int count) = _choices[^1];
            if (taken + 1 < count)
            {
                _choices[^1] = (taken + 1, count);
                return true;
            }

            _choices.RemoveAt(_choices.Count - 1);
        }

        return false;
    }
}
