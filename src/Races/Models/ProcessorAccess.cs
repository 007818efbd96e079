using HmmSim.Protocol;
using HmmSim.Protocol.Accesses;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
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
        PageAddress address = new(World.FirstSpace, World.PageOf(operation.Page));
        bool isWrite = operation.Kind == OperationKind.Write;
        PageTableEntry entry = home.Entry(address.Space, address.Page);
        TranslationKind kind = home.Allows(address.Space, address.Page, isWrite) ? home.Translate(entry, isWrite) : TranslationKind.Refused;
        return kind switch
        {
            TranslationKind.Refused => new AccessOutcome(ThreadEventKind.Refused),
            TranslationKind.Fault => new AccessOutcome(ThreadEventKind.Stalled, Fault: AccessMessages.CpuFault(home.Id, address, thread, isWrite)),
            TranslationKind.Local => TakeEffect(home.Ram, entry.Frame, isWrite),
            TranslationKind.Remote => AccessRemotely(home.Id, entry.Frame, address, isWrite, thread),
        };
    }

    /// <summary>A warp of a device, or a CPU thread beside lent RAM.</summary>
    public static AccessOutcome Attempt(DeviceMemory device, int thread, Operation operation)
    {
        PageAddress address = new(World.FirstSpace, World.PageOf(operation.Page));
        bool isWrite = operation.Kind == OperationKind.Write;
        DeviceEntry entry = device.Entry(address.Space, address.Page);
        return entry.Translate(isWrite) switch
        {
            TranslationKind.Refused => new AccessOutcome(ThreadEventKind.Refused),
            TranslationKind.Fault => new AccessOutcome(
                ThreadEventKind.Stalled, Fault: AccessMessages.DeviceFault(device.Id, address, thread, isWrite, FaultAction.Migrate)),
            TranslationKind.Local => TakeEffect(device.Frames, entry.Frame, isWrite),
            TranslationKind.Remote => AccessRemotely(device.Id, entry.Frame, address, isWrite, thread),
        };
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

    private static AccessOutcome AccessRemotely(MemoryId from, PageFrameNumber frame, PageAddress address, bool isWrite, int thread) => new(
        ThreadEventKind.Stalled,
        Value: 1,
        Remote: AccessMessages.RemoteAccess(from, World.OwnerOf(frame), address, frame, thread, isWrite, bytes: 0));
}
