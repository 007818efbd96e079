using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Accesses;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Execution;

/// <summary>
/// The threads of a CPU or the warps of a device: executes their accesses in bulk between two events, stalls each warp alone at a
/// fault, and lets it go on when the protocol says so.
/// </summary>
/// <remarks>
/// An access happens at the time its warp reaches its page and sees the page table as it is then. Between two events the page
/// table does not change, so it does not matter in which pieces a stretch is executed: what leaves the processor meanwhile
/// (faults, remote accesses, ends of streams) is put in order of time first.
/// </remarks>
internal sealed partial class Processor
{
    private readonly ITranslation _translation;
    private readonly IReadOnlyList<StreamExecution> _streams;
    private readonly Warp[] _warps;
    private readonly StreamExecution[] _streamOfWarp;
    private readonly List<Departure> _departures = [];

    public Processor(ITranslation translation, IReadOnlyList<StreamExecution> streams)
    {
        _translation = translation;
        _streams = streams;
        _warps = [.. streams.SelectMany(stream => stream.Warps)];
        _streamOfWarp = [.. streams.SelectMany(stream => stream.Warps.Select(_ => stream))];
    }

    /// <summary>Called when a stream ends, with its end time.</summary>
    public required Action<StreamExecution> StreamEnded { get; init; }

    /// <summary>Called when a stream that unmaps reaches a block: warp, block, time.</summary>
    public required Action<int, VirtualBlockNumber, VirtualTime> Unmap { get; init; }

    /// <summary>Whether writes increment page values.</summary>
    public required bool TracksValues { get; init; }

    /// <summary>What was executed so far.</summary>
    public ProcessorCounters Counters { get; } = new();

    /// <summary>The streams of this processor.</summary>
    public IReadOnlyList<StreamExecution> Streams => _streams;

    /// <summary>When the next access happens; never, if every warp waits or has ended.</summary>
    public VirtualTime NextAccess { get; private set; } = VirtualTime.Never;

    /// <summary>What a warp's faults ask for.</summary>
    public Protocol.Policies.FaultAction FaultActionOf(int warp) => _streamOfWarp[warp].FaultAction;

    /// <summary>Starts the streams that wait for nothing.</summary>
    public void StartFreeStreams()
    {
        foreach (StreamExecution stream in _streams)
        {
            if (stream.WaitsFor == 0)
            {
                Start(stream, VirtualTime.Zero);
            }
        }
    }

    /// <summary>Closes what the streams hold open; for a run that was stopped.</summary>
    public void CloseStreams()
    {
        foreach (Warp warp in _warps)
        {
            warp.Accesses.Dispose();
        }
    }

    /// <summary>Executes every access before <paramref name="until"/>.</summary>
    public void CatchUp(VirtualTime until)
    {
        if (NextAccess >= until)
        {
            return;
        }

        bool started;
        do
        {
            started = false;
            NextAccess = VirtualTime.Never;
            foreach (Warp warp in _warps)
            {
                if (warp.State == WarpState.Ready && warp.Time < until)
                {
                    started |= Execute(warp, _streamOfWarp[warp.Index], until);
                }

                if (warp.State == WarpState.Ready && warp.Time < NextAccess)
                {
                    NextAccess = warp.Time;
                }
            }
        }
        while (started); // a stream that ended has started another one of this processor

        Depart();
    }

    /// <summary>The warp's fault has arrived where it is serviced.</summary>
    public void FaultArrived(int warp)
    {
        if (_warps[warp].State == WarpState.FaultOnTheWay)
        {
            _warps[warp].State = WarpState.Faulted;
        }
    }

    /// <summary>A warp goes on: its fault was serviced, its unmap is done, or its remote access has been answered.</summary>
    public void Resume(int index, VirtualTime at)
    {
        Warp warp = _warps[index];
        Counters.StallTime += at - warp.Time;
        if (warp.State == WarpState.AwaitingReply)
        {
            int accesses = warp.Run.AccessesPerPage;
            Count(warp, 1, accesses);
            Counters.RemoteAccesses += accesses;
            warp.PagesLeft--;
            at += _streamOfWarp[index].TimePerAccess * accesses;
        }

        MakeReady(warp, at);
    }

    /// <summary>Every warp whose fault was seen retries.</summary>
    public void Replay(Func<int, bool> isConcerned, VirtualTime at)
    {
        foreach (Warp warp in _warps)
        {
            if (warp.State == WarpState.Faulted && isConcerned(warp.Index))
            {
                Resume(warp.Index, at);
            }
        }
    }

    /// <summary>Executes a warp up to <paramref name="until"/>; true if its stream ended.</summary>
    private bool Execute(Warp warp, StreamExecution stream, VirtualTime until)
    {
        while (warp.Time < until)
        {
            if (stream.Unmaps is { } range)
            {
                if (warp.PagesLeft == 0)
                {
                    return End(warp, stream);
                }

                // One block after the other, from the last; PagesLeft counts blocks.
                VirtualBlockNumber block = new(range.Begin.Block.Value + (ulong)--warp.PagesLeft);
                _departures.Add(new Departure(warp.Time, warp.Index, DepartureKind.Unmap, block.FirstPage, AccessKind.Write, 0));
                warp.State = WarpState.Faulted;
                return false;
            }

            if (warp.PagesLeft == 0)
            {
                if (!warp.Accesses.TryNext(out warp.Run))
                {
                    return End(warp, stream);
                }

                warp.PagesLeft = warp.Run.Pages;
                Counters.DrawnAccesses += warp.Run.Accesses;
            }

            if (!Visit(warp, stream, until))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Visits as many pages of the warp's run as translate and fit; false if the warp stalls.</summary>
    private bool Visit(Warp warp, StreamExecution stream, VirtualTime until)
    {
        int accesses = warp.Run.AccessesPerPage;
        VirtualDuration visit = stream.TimePerAccess * accesses;
        VirtualPageNumber page = warp.Run.Begin + (warp.Run.Pages - warp.PagesLeft);
        int pages = warp.PagesLeft;
        if (pages > 1)
        {
            long fit = 1 + (((until - warp.Time).Picoseconds - 1) / visit.Picoseconds);
            pages = (int)Math.Min(pages, fit);
        }

        Translation translation = _translation.Translate(page, pages, warp.Run.Kind);
        switch (translation.Kind)
        {
            case TranslationKind.Local:
                if (TracksValues && warp.Run.Kind == AccessKind.Write)
                {
                    _translation.IncrementValues(page, translation.Pages);
                }

                Count(warp, translation.Pages, accesses);
                Counters.LocalAccesses += (long)translation.Pages * accesses;
                warp.PagesLeft -= translation.Pages;
                warp.Time += visit * translation.Pages;
                return true;
            case TranslationKind.Refused:
                Counters.RefusedAccesses += (long)translation.Pages * accesses;
                warp.PagesLeft -= translation.Pages;
                warp.Time += visit * translation.Pages;
                return true;
            case TranslationKind.Remote:
                _departures.Add(new Departure(warp.Time, warp.Index, DepartureKind.RemoteAccess, page, warp.Run.Kind, accesses));
                warp.State = WarpState.AwaitingReply;
                return false;
            case TranslationKind.Fault:
                _departures.Add(new Departure(warp.Time, warp.Index, DepartureKind.Fault, page, warp.Run.Kind, accesses));
                warp.HasFaulted = true;
                warp.State = WarpState.FaultOnTheWay;
                return false;
            default:
                throw new InvalidOperationException($"{translation.Kind} is no outcome of a translation");
        }
    }

    private void Count(Warp warp, int pages, int accesses)
    {
        long all = (long)pages * accesses;
        Counters.Accesses += all;
        if (warp.HasFaulted)
        {
            Counters.Faults++;
            all--;
            warp.HasFaulted = false;
        }

        Counters.Hits += all;
        if (warp.Run.Kind == AccessKind.Write)
        {
            Counters.PageWrites += pages;
        }
    }

    private bool End(Warp warp, StreamExecution stream)
    {
        warp.State = WarpState.Ended;
        warp.Accesses.Dispose();
        stream.EndedAt = VirtualTime.Max(stream.EndedAt, warp.Time);
        if (--stream.WarpsLeft > 0)
        {
            return false;
        }

        Counters.EndTime = VirtualTime.Max(Counters.EndTime, stream.EndedAt);
        _departures.Add(new Departure(stream.EndedAt, warp.Index, DepartureKind.StreamEnd, default, AccessKind.Read, 0));
        return DependencyEnded(stream.Number, stream.EndedAt);
    }

    /// <summary>Tells the streams of this processor that one has ended; true if that started one.</summary>
    public bool DependencyEnded(int ended, VirtualTime at)
    {
        bool any = false;
        foreach (StreamExecution stream in _streams)
        {
            if (!stream.DependsOn.Contains(ended))
            {
                continue;
            }

            stream.DependenciesEnded = VirtualTime.Max(stream.DependenciesEnded, at);
            if (--stream.WaitsFor == 0)
            {
                Start(stream, stream.DependenciesEnded);
                any = true;
            }
        }

        return any;
    }

    private void Start(StreamExecution stream, VirtualTime at)
    {
        foreach (Warp warp in stream.Warps)
        {
            MakeReady(warp, at + stream.StartDelay);
        }
    }

    private void MakeReady(Warp warp, VirtualTime at)
    {
        warp.Time = at;
        warp.State = WarpState.Ready;
        NextAccess = VirtualTime.Min(NextAccess, at);
    }

    private void Depart()
    {
        if (_departures.Count == 0)
        {
            return;
        }

        SortDepartures();

        foreach (Departure departure in _departures)
        {
            switch (departure.Kind)
            {
                case DepartureKind.Fault:
                    _translation.RaiseFault(departure.Warp, departure.Page, departure.Access, departure.At);
                    break;
                case DepartureKind.RemoteAccess:
                    _translation.AccessRemote(departure.Warp, departure.Page, departure.Access, departure.Accesses, departure.At);
                    break;
                case DepartureKind.Unmap:
                    Unmap(departure.Warp, departure.Page.Block, departure.At);
                    break;
                case DepartureKind.StreamEnd:
                    StreamEnded(_streamOfWarp[departure.Warp]);
                    break;
            }
        }

        _departures.Clear();
    }

    /// <summary>Mostly they are in order already: warps run in lockstep.</summary>
    private void SortDepartures()
    {
        for (int i = 1; i < _departures.Count; i++)
        {
            if (_departures[i].CompareTo(_departures[i - 1]) < 0)
            {
                _departures.Sort();
                return;
            }
        }
    }
}
