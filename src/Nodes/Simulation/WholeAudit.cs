using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Observation;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Topology;
using ProtocolChecks = HmmSim.Protocol.Conservation.ConservationCheck;

namespace HmmSim.Nodes.Simulation;

/// <summary>Audits machines that are all in one process.</summary>
internal static class WholeAudit
{
    /// <summary>The audit of a finished run.</summary>
    public static MachineAudit Of(IReadOnlyList<MemoryNode> memories)
    {
        SystemLayout layout = memories[0].Layout;
        CpuMemory[] homes = [.. memories.OfType<CpuNode>().Select(node => node.Home)];
        DeviceMemory[] devices =
        [
            .. memories.OfType<DeviceNode>().Select(node => node.Memory),
            .. memories.OfType<CpuNode>().Where(node => node.Lent is not null).Select(node => node.Lent!),
        ];
        return new MachineAudit(
            ProtocolChecks.Run(layout, homes, devices),
            homes.Sum(home => home.Ram.FrameCount - home.Ram.FreeFrameCount),
            devices.Sum(device => device.Frames.FrameCount - device.Frames.FreeFrameCount),
            layout.TracksValues ? PageValues(layout, homes, devices) : 0);
    }

    private static ulong PageValues(SystemLayout layout, CpuMemory[] homes, DeviceMemory[] devices)
    {
        var byId = devices.ToDictionary(device => device.Id);
        ulong sum = 0;
        foreach (AddressSpaceLayout space in layout.Spaces)
        {
            foreach (CpuMemory home in homes)
            {
                foreach (VirtualPageNumber page in home.Table(space.Id).NonEmptyBlocks()
                    .SelectMany(block => Enumerable.Range(0, VirtualBlockNumber.Pages).Select(block.Page)))
                {
                    PageTableEntry entry = home.Entry(space.Id, page);
                    sum += entry.Kind switch
                    {
                        EntryKind.Present when entry.IsZeroPage => 0,
                        EntryKind.Present when home.Ram.Owns(entry.Frame) => home.Ram.ReadValue(entry.Frame),
                        EntryKind.Present or EntryKind.DevicePrivate => byId[layout.Memories.Of(entry.Frame).Id].Frames.ReadValue(entry.Frame),
                        _ => 0,
                    };
                }
            }
        }

        return sum;
    }
}
