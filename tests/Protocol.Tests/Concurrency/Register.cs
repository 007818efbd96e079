namespace HmmSim.Protocol.Tests.Concurrency;

/// <summary>
/// The values that one variable can have while writes overlap: a write may take effect at any time from its begin to its end; one that
/// overlaps no other leaves its value and nothing else.
/// </summary>
internal sealed class Register<T>(T initial)
    where T : struct
{
    private readonly List<Write> _writes = [];
    private readonly List<Observation> _observations = [];
    private HashSet<T> _possible = [initial];

    public Write BeginWrite(IEnumerable<T> values)
    {
        Write write = new(_writes.Count > 0);
        _writes.ForEach(other => other.IsOverlapped = true);
        _writes.Add(write);
        foreach (T value in values)
        {
            Add(write, value);
        }

        return write;
    }

    public void EndWrite(Write write, bool succeeded)
    {
        _writes.Remove(write);
        if (succeeded && !write.IsOverlapped)
        {
            _possible = [.. write.Values];
        }
    }

    /// <summary>A write of another register's value, whatever that will be while <paramref name="source"/> is watched.</summary>
    public Write BeginCopy(Observation source)
    {
        Write write = BeginWrite(source.Allowed);
        source.OnValue = value => Add(write, value);
        return write;
    }

    public Observation BeginRead()
    {
        Observation observation = new([.. _possible]);
        _observations.Add(observation);
        return observation;
    }

    public void EndRead(Observation observation) => _observations.Remove(observation);

    private void Add(Write write, T value)
    {
        write.Values.Add(value);
        _possible.Add(value);
        foreach (Observation observation in _observations)
        {
            if (observation.Allowed.Add(value))
            {
                observation.OnValue?.Invoke(value);
            }
        }
    }

    /// <summary>A write under way.</summary>
    internal sealed class Write(bool isOverlapped)
    {
        public HashSet<T> Values { get; } = [];

        public bool IsOverlapped { get; set; } = isOverlapped;
    }

    /// <summary>A read under way: what it may return.</summary>
    internal sealed class Observation(HashSet<T> allowed)
    {
        public HashSet<T> Allowed { get; } = allowed;

        public Action<T>? OnValue { get; set; }
    }
}
