using HmmSim.Nodes.Workloads;

namespace HmmSim.Nodes.Tests.Workloads;

/// <summary>Draws whole streams into lists, for small cases.</summary>
internal static class StreamReading
{
    public static List<AccessRun> Runs(this Workload workload, int warp = 0, int warps = 1, ulong seed = 1)
    {
        using var stream = workload.Open(warp, warps, seed);
        return stream.Rest();
    }

    public static List<AccessRun> Rest(this AccessStream stream)
    {
        var runs = new List<AccessRun>();
        while (stream.TryNext(out var run))
        {
            runs.Add(run);
        }

        return runs;
    }

    /// <summary>The pages of all runs in order, each as often as a run touches it (not as often as it is accessed).</summary>
    public static List<ulong> Pages(this IEnumerable<AccessRun> runs) =>
        [.. runs.SelectMany(run => Enumerable.Range(0, run.Pages).Select(index => run.Begin.Value + (ulong)index))];

    /// <summary>Runs as text: page (or first-last page), times accesses, R or W.</summary>
    public static string Text(this IEnumerable<AccessRun> runs) => string.Join(' ', runs.Select(run =>
        (run.Pages == 1 ? $"{run.Begin.Value}" : $"{run.Begin.Value}-{run.Begin.Value + (ulong)run.Pages - 1}")
        + $"x{run.AccessesPerPage}{(run.Kind == AccessKind.Read ? 'R' : 'W')}"));
}
