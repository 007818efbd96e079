using HmmSim.Nodes.Execution;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol;
using HmmSim.Protocol.Accesses;
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
    /// <summary>Translates consecutive pages of one area.</summary>
    public static Translation Translate(
        DeviceMemory memory, AddressSpaceId space, Func<VirtualPageNumber, VmArea?> areaOf, VirtualPageNumber begin, int pages, bool write)
    {
        PageTable<DeviceEntry> table = memory.Table(space);
        TranslationKind first = new DeviceEntry(table[begin]).Translate(write);
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

            while (alike < pages && new DeviceEntry(table[begin + alike]).Translate(write) == TranslationKind.Local)
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
}
