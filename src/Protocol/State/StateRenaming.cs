using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.State;

/// <summary>
/// New names for what a saved state names: a system whose memories, threads or address spaces have exchanged their names. A machine that loads
/// a state with it and saves it again has the state that it would have, had everything been so named from the beginning.
/// </summary>
/// <remarks>Each method is one to one, and leaves alone what has no other name: no memory, the zero page, the value 0.</remarks>
public abstract class StateRenaming
{
    /// <summary>The new number of a memory.</summary>
    public abstract MemoryId Memory(MemoryId memory);

    /// <summary>
    /// The frame that has the place in the renamed memory that <paramref name="frame"/> has in its own. The base of a block's frames may lie up
    /// to 511 frames before the first of its memory.
    /// </summary>
    public abstract PageFrameNumber Frame(PageFrameNumber frame);

    /// <summary>The new number of an address space.</summary>
    public abstract AddressSpaceId Space(AddressSpaceId space);

    /// <summary>The new number of a thread.</summary>
    public abstract int Thread(int thread);

    /// <summary>The new number of a driver's handle.</summary>
    public abstract uint Mirror(uint mirror);

    /// <summary>The value that the renamed thread stores where the thread stored this one.</summary>
    public abstract ulong Value(ulong value);
}
