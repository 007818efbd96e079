using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;

namespace HmmSim.Protocol;

/// <summary>A call of a process to the driver that is in work: how far it is.</summary>
internal sealed class DriverCallState
{
    /// <summary>The message that brought it.</summary>
    public required Message Request { get; init; }

    /// <summary>The call.</summary>
    public required Call Call { get; init; }

    /// <summary>The mirror of its handle.</summary>
    public required DriverMirror Mirror { get; init; }

    /// <summary>The next page.</summary>
    public VirtualPageNumber Cursor { get; set; }

    /// <summary>True once a migration is over and what it left in the mirror is read.</summary>
    public bool IsReadingBack { get; set; }

    /// <summary>Where the device fault in work is; at the end of the range if none is.</summary>
    public VirtualPageNumber FaultCursor { get; set; }

    /// <summary>Pages handled (<c>cpages</c>).</summary>
    public int PageCount { get; set; }

    /// <summary>Device faults (<c>faults</c>).</summary>
    public int FaultCount { get; set; }

    /// <summary>Values read.</summary>
    public List<ulong> Values { get; } = [];

    /// <summary>Permission bytes.</summary>
    public List<byte> Permissions { get; } = [];

    /// <summary>Requests of an eviction without an answer.</summary>
    public int OpenEvictions { get; set; }

    /// <summary>Frames freed in the eviction's current round.</summary>
    public int FreedFrames { get; set; }
}
