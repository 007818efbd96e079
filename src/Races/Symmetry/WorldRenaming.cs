using System.Collections.Immutable;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.State;
using HmmSim.Races.Models;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Symmetry;

/// <summary>New names for the devices, threads and address spaces of a world.</summary>
/// <param name="machines">The new position of each machine; the home keeps its own.</param>
/// <param name="threads">The new number of each thread.</param>
/// <param name="storers">The new number of each thread as far as values are concerned: a processor's stores are versions, which have no names.</param>
/// <param name="spaces">The new number of each address space that a fork may make, and of the first.</param>
internal sealed class WorldRenaming(
    ImmutableArray<int> machines, ImmutableArray<int> threads, ImmutableArray<int> storers, ImmutableArray<int> spaces)
    : StateRenaming
{
    /// <summary>The new position of each machine.</summary>
    public ImmutableArray<int> Machines => machines;

    /// <summary>The new number of each thread.</summary>
    public ImmutableArray<int> Threads => threads;

    /// <inheritdoc/>
    public override MemoryId Memory(MemoryId memory) => memory == MemoryId.None ? memory : World.IdOf(machines[World.PositionOf(memory)]);

    /// <inheritdoc/>
    public override PageFrameNumber Frame(PageFrameNumber frame)
    {
        ulong number = (frame.Value + VirtualBlockNumber.Pages) / World.FramesApart;
        if (number == 0 || number > (ulong)machines.Length)
        {
            return frame;
        }

        int position = (int)number - 1;
        return frame + ((machines[position] - position) * (long)World.FramesApart);
    }

    /// <inheritdoc/>
    public override AddressSpaceId Space(AddressSpaceId space) => space.Value < spaces.Length ? new AddressSpaceId((ushort)spaces[space.Value]) : space;

    /// <inheritdoc/>
    public override int Thread(int thread) => (uint)thread < (uint)threads.Length ? threads[thread] : thread;

    /// <inheritdoc/>
    public override uint Mirror(uint mirror)
    {
        (int device, AddressSpaceId space) = WorldCalls.PartsOf(mirror);
        return WorldCalls.MirrorOf(machines[device], Space(space));
    }

    /// <inheritdoc/>
    public override ulong Value(ulong value) =>
        value > 0 && StoredValue.ThreadOf(value) is var thread && thread < storers.Length ? StoredValue.OfOther(value, storers[thread]) : value;
}
