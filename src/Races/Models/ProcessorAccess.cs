using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Policies;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Models;

/// <summary>
/// Accesses of processors: what translates takes effect at once, in the machine's own frames; all else faults, or goes over the link. A store
/// adds 1 to the page's value.
/// </summary>
internal static class ProcessorAccess
{
    /// <summary>A CPU thread of the home.</summary>
    public static AccessOutcome Attempt(CpuMemory home, int thread, Operation operation)
    {
        VirtualPageNumber page = World.PageOf(operation.Page);
        bool isWrite = operation.Kind == OperationKind.Write;
        PageTableEntry entry = home.Entry(World.FirstSpace, page);
        return !home.Allows(World.FirstSpace, page, isWrite) ? new AccessOutcome(ThreadEventKind.Refused)
            : !entry.IsPresent || (isWrite && !entry.IsWritable)
                ? new AccessOutcome(ThreadEventKind.Stalled, Fault: Touch(MessageKind.CpuFault, home.Id, page, isWrite, thread))
            : entry.IsZeroPage || home.Ram.Owns(entry.Frame) ? TakeEffect(home.Ram, entry.Frame, isWrite)
            : AccessRemotely(home.Id, entry.Frame, page, isWrite, thread);
    }

    /// <summary>A warp of a device, or a CPU thread beside lent RAM.</summary>
    public static AccessOutcome Attempt(DeviceMemory device, int thread, Operation operation)
    {
        VirtualPageNumber page = World.PageOf(operation.Page);
        bool isWrite = operation.Kind == OperationKind.Write;
        DeviceEntry entry = device.Entry(World.FirstSpace, page);
        return entry.Kind == DeviceEntryKind.Error ? new AccessOutcome(ThreadEventKind.Refused)
            : !(isWrite ? entry.IsWritable : entry.IsReadable)
                ? new AccessOutcome(ThreadEventKind.Stalled, Fault: Touch(MessageKind.DeviceFault, device.Id, page, isWrite, thread))
            : entry.IsLocal ? TakeEffect(device.Frames, entry.Frame, isWrite)
            : AccessRemotely(device.Id, entry.Frame, page, isWrite, thread);
    }

    private static AccessOutcome TakeEffect(FramePool frames, PageFrameNumber frame, bool isWrite)
    {
        if (frame == PageFrameNumber.ZeroPage)
        {
            return new AccessOutcome(ThreadEventKind.Accessed);
        }

        if (!frames.Owns(frame) || frames.References(frame) == 0)
        {
            return new AccessOutcome(ThreadEventKind.Accessed, Problem: $"the access reaches {frame}, which is free");
        }

        ulong value = frames.ReadValue(frame) + (isWrite ? 1UL : 0);
        if (isWrite)
        {
            frames.WriteValue(frame, value);
        }

        return new AccessOutcome(ThreadEventKind.Accessed, value);
    }

    private static AccessOutcome AccessRemotely(MemoryId from, PageFrameNumber frame, VirtualPageNumber page, bool isWrite, int thread) => new(
        ThreadEventKind.Stalled,
        Value: 1,
        Remote: new Message
        {
            Kind = MessageKind.RemoteAccess,
            From = from,
            To = World.OwnerOf(frame),
            Block = new BlockKey(World.FirstSpace, page.Block),
            Pages = PageMask.Of(page.IndexInBlock),
            Frames = new PageFrames(frame + -page.IndexInBlock),
            Thread = thread,
            IsWrite = isWrite,
            IsAtomicAdd = isWrite,
            Value = isWrite ? 1UL : 0,
        });

    private static Message Touch(MessageKind kind, MemoryId memory, VirtualPageNumber page, bool isWrite, int thread) => new()
    {
        Kind = kind,
        From = memory,
        To = memory,
        Block = new BlockKey(World.FirstSpace, page.Block),
        Pages = PageMask.Of(page.IndexInBlock),
        IsWrite = isWrite,
        Thread = thread,
        Action = FaultAction.Migrate,
    };
}
