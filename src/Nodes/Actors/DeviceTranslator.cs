using HmmSim.Nodes.Execution;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Actors;

/// <summary>Translation through a device's page table: for warps, and for CPU threads that touch ranges of another host.</summary>
internal static class DeviceTranslator
{
    private const int RemoteAccessBytes = 128; // a cache line of a GPU

    /// <summary>Translates consecutive pages of one area.</summary>
    public static Translation Translate(
        DeviceMemory memory, AddressSpaceId space, Func<VirtualPageNumber, VmArea?> areaOf, VirtualPageNumber begin, int pages, bool write)
    {
        PageTable<DeviceEntry> table = memory.Table(space);
        TranslationKind first = KindOf(new DeviceEntry(table[begin]), write);
        if (first == TranslationKind.Fault && (areaOf(begin) is not { } area || (write && !area.IsWritable)))
        {
            return new Translation(TranslationKind.Refused, 1);
        }

        int alike = 1;
        if (first == TranslationKind.Local && pages > 1)
        {
            if (table.TryGetWhole(begin.Block, out _))
            {
                alike = Math.Min(pages, VirtualBlockNumber.Pages - begin.IndexInBlock);
            }

            while (alike < pages && KindOf(new DeviceEntry(table[begin + alike]), write) == TranslationKind.Local)
            {
                alike++;
            }
        }

        return new Translation(first, alike);
    }

    /// <summary>Adds one to the value of each page.</summary>
    public static void IncrementValues(DeviceMemory memory, AddressSpaceId space, VirtualPageNumber begin, int pages)
    {
        for (int i = 0; i < pages; i++)
        {
            PageFrameNumber frame = memory.Entry(space, begin + i).Frame;
            memory.Frames.WriteValue(frame, memory.Frames.ReadValue(frame) + 1);
        }
    }

    /// <summary>The fault of a warp or thread.</summary>
    public static Message FaultMessage(
        MemoryId memory, AddressSpaceId space, int warp, VirtualPageNumber page, AccessKind kind, FaultAction action) => new()
        {
            Kind = MessageKind.DeviceFault,
            From = memory,
            To = memory,
            Block = new BlockKey(space, page.Block),
            Pages = PageMask.Of(page.IndexInBlock),
            Thread = warp,
            IsWrite = kind == AccessKind.Write,
            Action = action,
        };

    /// <summary>A load, or stores that each add one to the value of the page, in a frame of another memory.</summary>
    public static Message RemoteAccess(
        MemoryId memory,
        MemoryId to,
        AddressSpaceId space,
        int warp,
        VirtualPageNumber page,
        PageFrameNumber frame,
        AccessKind kind,
        int accesses) => new()
        {
            Kind = MessageKind.RemoteAccess,
            From = memory,
            To = to,
            Block = new BlockKey(space, page.Block),
            Pages = PageMask.Of(page.IndexInBlock),
            Frames = new PageFrames(frame + -page.IndexInBlock),
            Thread = warp,
            IsWrite = kind == AccessKind.Write,
            IsAtomicAdd = kind == AccessKind.Write,
            Value = 1,
            AccessBytes = accesses * RemoteAccessBytes,
        };

    private static TranslationKind KindOf(DeviceEntry entry, bool write) => entry.Kind switch
    {
        DeviceEntryKind.LocalWrite => TranslationKind.Local,
        DeviceEntryKind.LocalRead => write ? TranslationKind.Fault : TranslationKind.Local,
        DeviceEntryKind.RemoteWrite => TranslationKind.Remote,
        DeviceEntryKind.RemoteRead => write ? TranslationKind.Fault : TranslationKind.Remote,
        DeviceEntryKind.Atomic => write ? TranslationKind.Fault : TranslationKind.Remote,
        DeviceEntryKind.None => TranslationKind.Fault,
        DeviceEntryKind.Error => TranslationKind.Refused,
    };
}
