namespace HmmSim.Protocol.Messages;

/// <summary>Who sends each message to whom, and why: every message has exactly one sending and one receiving role, but for the copy.</summary>
/// <param name="Kind">The message.</param>
/// <param name="Senders">Roles that may send it.</param>
/// <param name="Receivers">Roles that may receive it.</param>
/// <param name="Meaning">What it says, in one sentence.</param>
public sealed record MessageRoles(MessageKind Kind, IReadOnlyList<Role> Senders, IReadOnlyList<Role> Receivers, string Meaning)
{
    /// <summary>One row for each message kind, in their order.</summary>
    public static IReadOnlyList<MessageRoles> All { get; } =
    [
        .. Enum.GetValues<MessageKind>().Where(kind => kind != MessageKind.None).Select(Of),
    ];

    /// <summary>The roles of one kind.</summary>
    public static MessageRoles Of(MessageKind kind) => kind switch
    {
        MessageKind.None => throw new ArgumentOutOfRangeException(nameof(kind), "None is no message"),
        MessageKind.CpuFault => new(kind, [Role.Processor], [Role.Home], "A CPU thread touched a page it cannot translate."),
        MessageKind.Call => new(
            kind, [Role.Processor], [Role.Home, Role.Device], "A process asks for a system call, a load or store, or an ioctl of the driver."),
        MessageKind.CallDone => new(kind, [Role.Device], [Role.Home], "How a driver's call ended, for the process that made it."),
        MessageKind.CpuUnmapDone => new(kind, [Role.Home], [Role.Home], "Timer: TLB shootdown and handler work of a transaction are done."),
        MessageKind.DeviceFault => new(kind, [Role.Processor], [Role.Device], "A warp touched a page its device cannot translate."),
        MessageKind.ServiceBatch => new(kind, [Role.Device], [Role.Device], "Timer: the driver fetches a batch of faults."),
        MessageKind.ServiceBlock => new(kind, [Role.Device], [Role.Device], "Timer: the driver reaches the next block of the batch."),
        MessageKind.RangeFault => new(
            kind, [Role.Device], [Role.Home], "Walk the page table, fault pages in, and name their frames for the device's page table."),
        MessageKind.RangeFaultReply => new(kind, [Role.Home], [Role.Device], "Frames and permissions; void if an invalidation came in between."),
        MessageKind.RegisterMirror => new(kind, [Role.Device], [Role.Home], "Tell me of every change of this address space."),
        MessageKind.UnregisterMirror => new(kind, [Role.Device], [Role.Home], "Tell me no more."),
        MessageKind.MakeExclusive => new(kind, [Role.Device], [Role.Home], "Fault these pages in for writing, then lock the CPU out of them."),
        MessageKind.ExclusiveReply => new(kind, [Role.Home], [Role.Device], "The CPU is locked out of these frames."),
        MessageKind.MigrateVma => new(kind, [Role.Device], [Role.Home], "Migrate pages to the sender, or from the sender to RAM."),
        MessageKind.MigrateToRam => new(kind, [Role.Home], [Role.Device], "A CPU touch hit a page of yours: start its way back."),
        MessageKind.InvalidateStart => new(kind, [Role.Home], [Role.Device], "Drop your mappings of these pages; the sequence is odd now."),
        MessageKind.InvalidateAck => new(kind, [Role.Device], [Role.Home], "Dropped."),
        MessageKind.InvalidateEnd => new(kind, [Role.Home], [Role.Device], "The change is in the page table; the sequence is even again."),
        MessageKind.CopyPages => new(kind, [Role.Home], [Role.Device], "Drop your mapping of these pages, then copy them to the destination."),
        MessageKind.PageData => new(kind, [Role.Home, Role.Device], [Role.Home, Role.Device], "The contents of the pages, over the links."),
        MessageKind.CopyDone => new(kind, [Role.Device], [Role.Home], "The contents have arrived in your frames."),
        MessageKind.MigrateFinalize => new(kind, [Role.Home], [Role.Device], "Map the pages that moved to you; free the frames of the others."),
        MessageKind.FreePages => new(kind, [Role.Home], [Role.Device], "Nobody names these pages in your memory any more: free their frames."),
        MessageKind.RemoteAccess => new(kind, [Role.Device, Role.Home], [Role.Home, Role.Device], "Load or store in a frame of yours that I have mapped."),
        MessageKind.RemoteAccessReply => new(kind, [Role.Home, Role.Device], [Role.Device, Role.Home], "The load's value, or the store has landed."),
    };
}
