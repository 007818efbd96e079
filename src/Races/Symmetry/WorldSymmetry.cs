using System.Collections.Immutable;
using HmmSim.Protocol.Addresses;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Symmetry;

/// <summary>
/// The renamings under which the threads of a world do the same as before: devices of one host may exchange their names, and threads theirs if
/// they reach memory in the same way and their scripts are equal but for the names of devices. The children of a thread's forks go with it.
/// </summary>
internal static class WorldSymmetry
{
    /// <summary>All of them, the identity first.</summary>
    /// <param name="spec">The world.</param>
    /// <param name="machines">Machines, counted.</param>
    /// <param name="threads">The threads.</param>
    public static IEnumerable<WorldRenaming> Find(WorldSpec spec, int machines, ImmutableArray<WorldThread> threads)
    {
        // Versions of processors and values of processes cannot be told apart in a frame, so where both store the latter keep their names.
        bool keepsProcesses = threads.Any(thread => thread.Kind != ThreadKind.Process && Stores(thread));
        foreach (ImmutableArray<int> positions in Orders(machines, (from, to) => from == to || (spec.Topology == Topology.OneHost && from > 0 && to > 0)))
        {
            foreach (ImmutableArray<int> numbers in Orders(threads.Length, IsAlike))
            {
                ImmutableArray<int> spaces = SpacesAfter(numbers, threads);
                if (threads.Select((thread, number) => spaces[thread.Space.Value] == threads[numbers[number]].Space.Value).All(isSame => isSame))
                {
                    ImmutableArray<int> storers = [.. numbers.Select((number, thread) => threads[thread].Kind == ThreadKind.Process ? number : thread)];
                    yield return new WorldRenaming(positions, numbers, storers, spaces);
                }
            }

            bool IsAlike(int from, int to) => threads[from].Kind == threads[to].Kind && positions[threads[from].Machine] == threads[to].Machine
                && (from == to || !keepsProcesses || threads[from].Kind != ThreadKind.Process)
                && IsSameScript(threads[from].Steps, threads[to].Steps, positions);
        }
    }

    private static bool Stores(WorldThread thread) => thread.Steps.Any(step => step.Any(operation => operation.Kind == OperationKind.Write));

    private static bool IsSameScript(
        ImmutableArray<ImmutableArray<Operation>> steps, ImmutableArray<ImmutableArray<Operation>> others, ImmutableArray<int> positions) =>
        steps.Length == others.Length && steps.Zip(others).All(pair =>
            pair.First.Select(operation => operation with { Device = positions[operation.Device] }).SequenceEqual(pair.Second));

    /// <summary>Forks make address spaces in the order of threads and steps; where a thread gets another number, its children do too.</summary>
    private static ImmutableArray<int> SpacesAfter(ImmutableArray<int> numbers, ImmutableArray<WorldThread> threads)
    {
        int[] forks = [.. threads.Select(thread => thread.Steps.Count(step => step.Any(operation => operation.Kind == OperationKind.Fork)))];
        int[] before = [.. threads.Select((_, thread) => 1 + forks[..thread].Sum())];
        int[] spaces = [.. Enumerable.Range(0, 1 + Math.Max(forks.Sum(), threads.Max(thread => (int)thread.Space.Value)))];
        for (int thread = 0; thread < threads.Length; thread++)
        {
            for (int fork = 0; fork < forks[thread]; fork++)
            {
                spaces[before[thread] + fork] = before[numbers[thread]] + fork;
            }
        }

        return [.. spaces];
    }

    /// <summary>All orders of numbers from 0 on in which each may stand where it does, the order of the numbers first if it is one.</summary>
    private static IEnumerable<ImmutableArray<int>> Orders(int count, Func<int, int, bool> mayBe)
    {
        return From([]);

        IEnumerable<ImmutableArray<int>> From(ImmutableArray<int> begun) => begun.Length == count ? [begun]
            : Enumerable.Range(0, count).Where(next => !begun.Contains(next) && mayBe(begun.Length, next)).SelectMany(next => From(begun.Add(next)));
    }
}
