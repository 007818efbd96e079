namespace HmmSim.Races.Worlds;

/// <summary>How a thread reaches memory.</summary>
public enum ThreadKind : byte
{
    /// <summary>A thread of a process on the home's CPU that makes system calls, loads, stores and ioctls.</summary>
    Process = 0,

    /// <summary>A CPU thread of a stream of accesses: what does not translate faults, and is tried again.</summary>
    Core,

    /// <summary>A warp of a device: what does not translate is a far fault, serviced in a batch and tried again at the replay.</summary>
    Warp,
}
