using System.Collections.Immutable;

namespace HmmSim.Nodes.Scenarios.Loading;

/// <summary>The order that <c>start_after</c> puts on streams.</summary>
internal sealed class StreamOrder
{
    private readonly Dictionary<string, ImmutableArray<string>> _before = new(StringComparer.Ordinal);

    public StreamOrder(ImmutableArray<StreamSpec> streams)
    {
        foreach (StreamSpec stream in streams)
        {
            _before.TryAdd(stream.Name, stream.StartAfter);
        }
    }

    /// <summary>Whether a stream waits, perhaps through others, for another.</summary>
    public bool ComesAfter(string stream, string earlier) => !PathBack(stream, earlier).IsEmpty;

    /// <summary>A shortest cycle from a stream back to itself, both ends named; empty if there is none.</summary>
    public ImmutableArray<string> CycleThrough(string stream) => PathBack(stream, stream);

    // Breadth first, so that the path told to a user is a shortest one.
    private ImmutableArray<string> PathBack(string start, string goal)
    {
        Dictionary<string, string> cameFrom = new(StringComparer.Ordinal);
        Queue<string> open = new([start]);
        while (open.TryDequeue(out string? name))
        {
            foreach (string earlier in _before.GetValueOrDefault(name, []))
            {
                if (earlier == goal)
                {
                    return PathTo(name, start, goal, cameFrom);
                }

                if (earlier != start && cameFrom.TryAdd(earlier, name))
                {
                    open.Enqueue(earlier);
                }
            }
        }

        return [];
    }

    private static ImmutableArray<string> PathTo(string last, string start, string goal, Dictionary<string, string> cameFrom)
    {
        List<string> path = [goal, last];
        while (path[^1] != start)
        {
            path.Add(cameFrom[path[^1]]);
        }

        path.Reverse();
        return [.. path];
    }
}
