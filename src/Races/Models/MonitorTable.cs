using System.Collections.Concurrent;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.State;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Models;

/// <summary>The monitors of all pages as one word, and how it changes.</summary>
internal sealed class MonitorTable(ContentTable contents, int pages, int spaces, int threads)
{
    private readonly ConcurrentDictionary<(ulong Monitors, int Thread, int Operation), ulong> _invoked = new();
    private readonly ConcurrentDictionary<(ulong Monitors, int Thread, CallResult Result), ulong> _returned = new();

    /// <summary>The word of pages that nobody has touched.</summary>
    public ulong First => Keep([.. Enumerable.Range(0, pages).Select(_ => PageMonitor.Begin(spaces, threads))]);

    /// <summary>After an operation of a thread has begun; <paramref name="number"/> tells it from the thread's others.</summary>
    public ulong Invoke(ulong monitors, int thread, int number, int page, PendingOperation operation)
    {
        if (!_invoked.TryGetValue((monitors, thread, number), out ulong next))
        {
            PageMonitor[] all = Read(monitors);
            bool isForAll = operation.Kind is OperationKind.Fork or OperationKind.Exit;
            next = _invoked[(monitors, thread, number)] =
                Keep([.. all.Select((monitor, index) => isForAll || index == page ? monitor.Invoke(thread, operation) : monitor)]);
        }

        return next;
    }

    /// <summary>After an operation of a thread has ended; 0 if what it returned cannot be.</summary>
    public ulong Return(ulong monitors, int thread, CallResult result)
    {
        if (!_returned.TryGetValue((monitors, thread, result), out ulong next))
        {
            PageMonitor?[] all = [.. Read(monitors).Select(monitor => monitor.Return(thread, result))];
            next = _returned[(monitors, thread, result)] = all.Contains(null) ? 0 : Keep(all!);
        }

        return next;
    }

    /// <summary>When threads and address spaces are named anew.</summary>
    public ulong Rename(ulong monitors, StateRenaming names) => Keep(Read(monitors).Select(monitor => monitor.Renamed(names)));

    /// <summary>The pages' monitors.</summary>
    public PageMonitor[] Read(ulong monitors)
    {
        byte[] bytes = contents[monitors];
        int at = 0;
        return [.. Enumerable.Range(0, pages).Select(_ => PageMonitor.Read(bytes, ref at, spaces, threads))];
    }

    private ulong Keep(IEnumerable<PageMonitor> monitors)
    {
        List<byte> bytes = [];
        foreach (PageMonitor monitor in monitors)
        {
            monitor.Write(bytes);
        }

        return contents.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes));
    }
}
