using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Policies;

namespace HmmSim.Protocol.Accesses;

/// <summary>What a processor sends when an access does not simply take effect.</summary>
public static class AccessMessages
{
    /// <summary>The fault of a CPU thread at the home of a page.</summary>
    public static Message CpuFault(MemoryId home, PageAddress address, int thread, bool isWrite) =>
        Fault(MessageKind.CpuFault, home, address, thread, isWrite, default);

    /// <summary>The fault of a warp, or of a CPU thread beside lent RAM.</summary>
    public static Message DeviceFault(MemoryId device, PageAddress address, int thread, bool isWrite, FaultAction action) =>
        Fault(MessageKind.DeviceFault, device, address, thread, isWrite, action);

    /// <summary>A load, or stores that each add one to the value of the page, in a frame of another memory.</summary>
    /// <param name="from">The memory beside the processor; it gets the reply.</param>
    /// <param name="to">The memory that has the frame, or that answers for it.</param>
    /// <param name="address">The page.</param>
    /// <param name="frame">What it is mapped to.</param>
    /// <param name="thread">The thread or warp.</param>
    /// <param name="isWrite">Whether the access is a store.</param>
    /// <param name="bytes">Bytes that go over the links.</param>
    public static Message RemoteAccess(MemoryId from, MemoryId to, PageAddress address, PageFrameNumber frame, int thread, bool isWrite, int bytes) => new()
    {
        Kind = MessageKind.RemoteAccess,
        From = from,
        To = to,
        Block = address.Block,
        Pages = PageMask.Of(address.Page.IndexInBlock),
        Frames = new PageFrames(frame + -address.Page.IndexInBlock),
        Thread = thread,
        IsWrite = isWrite,
        IsAtomicAdd = isWrite,
        Value = 1,
        AccessBytes = bytes,
    };

    private static Message Fault(MessageKind kind, MemoryId memory, PageAddress address, int thread, bool isWrite, FaultAction action) => new()
    {
        Kind = kind,
        From = memory,
        To = memory,
        Block = address.Block,
        Pages = PageMask.Of(address.Page.IndexInBlock),
        Thread = thread,
        IsWrite = isWrite,
        Action = action,
    };
}
