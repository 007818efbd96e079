using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B32 (960c4a8069bf): a migration that has moved some of its pages counts as having moved the first ones, as many as moved: the number of pages
/// is the bound of the loop, and their flags are not looked at.
/// </summary>
internal sealed class CompactOutcome : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override void MapArrived(PageTable<DeviceEntry> table, DeviceRequest request, Message message)
        {
            PageMask first = default;
            foreach (int page in request.Pages.Enumerate().Take(message.Pages.Count))
            {
                first.Add(page);
            }

            base.MapArrived(table, request, new Message
            {
                Kind = message.Kind,
                From = message.From,
                To = Id,
                Block = message.Block,
                Pages = first,
                Subset = message.Subset,
            });
        }
    }
}
