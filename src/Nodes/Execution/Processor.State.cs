using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.State;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Execution;

// A processor in a checkpoint. Between two windows nothing is about to depart, and the next access is that of the earliest ready warp.
internal sealed partial class Processor
{
    /// <summary>Writes counters, streams and warps, each with its place in its accesses.</summary>
    public void Save(StateWriter writer)
    {
        Counters.Save(writer);
        writer.List(_streams, static (to, stream) =>
        {
            to.Number((ulong)stream.WaitsFor);
            to.Number((ulong)stream.WarpsLeft);
            to.Signed(stream.DependenciesEnded.Picoseconds);
            to.Signed(stream.EndedAt.Picoseconds);
        });
        writer.List(_warps, static (to, warp) => Save(to, warp));
    }

    /// <summary>Goes on from a state that was written by <see cref="Save(StateWriter)"/>.</summary>
    /// <exception cref="InvalidStateException">The bytes are none, or of another scenario.</exception>
    public void Load(StateReader reader)
    {
        Counters.Load(reader);
        Require("streams", _streams.Count, reader.Count());
        foreach (StreamExecution stream in _streams)
        {
            stream.WaitsFor = reader.Count();
            stream.WarpsLeft = reader.Count();
            stream.DependenciesEnded = new VirtualTime(reader.Signed());
            stream.EndedAt = new VirtualTime(reader.Signed());
        }

        Require("warps", _warps.Length, reader.Count());
        NextAccess = VirtualTime.Never;
        foreach (Warp warp in _warps)
        {
            Load(reader, warp);
            NextAccess = warp.State == WarpState.Ready ? VirtualTime.Min(NextAccess, warp.Time) : NextAccess;
        }
    }

    private static void Save(StateWriter writer, Warp warp)
    {
        writer.Number((ulong)warp.State);
        writer.Signed(warp.Time.Picoseconds);
        if (warp.State == WarpState.Ended)
        {
            return;
        }

        writer.Flag(warp.HasFaulted);
        writer.Number((ulong)warp.PagesLeft);
        writer.Number(warp.Run.Begin.Value);
        writer.Number((ulong)warp.Run.Pages);
        writer.Number((ulong)warp.Run.AccessesPerPage);
        writer.Number((ulong)warp.Run.Kind);
        Span<ulong> place = stackalloc ulong[AccessStream.StateWordsMax];
        warp.Accesses.Capture(place);
        writer.Number((ulong)warp.Accesses.StateWords);
        foreach (ulong word in place[..warp.Accesses.StateWords])
        {
            writer.Number(word);
        }
    }

    private static void Load(StateReader reader, Warp warp)
    {
        int state = reader.Count();
        warp.State = state <= (int)WarpState.Ended ? (WarpState)state : throw new InvalidStateException($"a warp in state {state}");
        warp.Time = new VirtualTime(reader.Signed());
        if (warp.State == WarpState.Ended)
        {
            warp.PagesLeft = 0;
            warp.Accesses.Dispose();
            return;
        }

        warp.HasFaulted = reader.Flag();
        warp.PagesLeft = reader.Count();
        warp.Run = new AccessRun(new VirtualPageNumber(reader.Number()), reader.Count(), reader.Count(), reader.Flag() ? AccessKind.Write : AccessKind.Read);
        Require("words of a stream's place", warp.Accesses.StateWords, reader.Count());
        Span<ulong> place = stackalloc ulong[AccessStream.StateWordsMax];
        for (int word = 0; word < warp.Accesses.StateWords; word++)
        {
            place[word] = reader.Number();
        }

        warp.Accesses.Restore(place);
    }

    private static void Require(string what, int expected, int found)
    {
        if (found != expected)
        {
            throw new InvalidStateException($"{found} {what}, where this scenario has {expected}");
        }
    }
}
