using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Cluster.Placement;
using HmmSim.Nodes.Execution;
using HmmSim.Nodes.Interconnect;
using HmmSim.Nodes.Lanes;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Cluster.Exchange;

/// <summary>What is pending on this member that can reach another one.</summary>
/// <remarks>
/// <para>What happens to one area can cause something about another area only at a processor that uses both (<see cref="SharingMap"/>).
/// So a message matters if its area, or the processor it is for, belongs to a group that crosses members.</para>
/// <para>Such a group falls quiet, too: once its processors here have ended the streams that others care about and hold nothing of
/// areas that cross members, only messages about those very areas still matter.</para>
/// <para>If this were wrong, a message would come before the time that was promised, and the run would fail; it would not change.</para>
/// </remarks>
internal sealed class Exposure : IExposure
{
    private readonly SystemPlan _plan;
    private readonly SharingMap _sharing;
    private readonly List<Watched> _watched = [];
    private readonly bool[] _isGroupActive;

    /// <summary>The exposure of the nodes of this member.</summary>
    public Exposure(SystemPlan plan, IReadOnlyList<Node> nodes, SharingMap sharing)
    {
        _plan = plan;
        _sharing = sharing;
        _isGroupActive = new bool[sharing.Groups];
        foreach (MemoryNode node in nodes.OfType<MemoryNode>().Where(node => sharing.Crosses(sharing.GroupOfNode(node.Index))))
        {
            _watched.Add(new Watched(
                sharing.GroupOfNode(node.Index),
                [.. node.Processor.Streams.Where(stream => sharing.StreamCrosses(stream.Number))],
                node is DeviceNode device ? device.Memory : ((CpuNode)node).Lent,
                [.. sharing.CrossingAreasOf(node.Index)]));
        }
    }

    /// <inheritdoc/>
    public void Refresh()
    {
        Array.Clear(_isGroupActive);
        foreach (Watched each in _watched)
        {
            _isGroupActive[each.Group] = _isGroupActive[each.Group] || each.IsActive();
        }
    }

    /// <inheritdoc/>
    public bool IsExposed(TimedMessage message) => message switch
    {
        Message protocol => IsExposed(protocol),
        Transfer transfer => IsExposed(transfer.Payload),
        ResumeMessage resume => IsExposed(_plan.NodeOf[resume.Endpoint]),
        StreamEndedMessage ended => _plan.NodesWaitingForStream[ended.Stream].Any(IsExposed),
        _ => true,
    };

    /// <inheritdoc/>
    public bool IsExposed(int node) => _isGroupActive[_sharing.GroupOfNode(node)];

    private bool IsExposed(Message message)
    {
        if (IsExposed(_plan.NodeOf[message.To]))
        {
            return true;
        }

        // Timers of a device name no block; they are the device's own.
        VmArea? area = message.Block == default ? null : _plan.Layout.FindArea(message.Block);
        return area is not null && (_sharing.AreaCrosses(area) || _isGroupActive[_sharing.GroupOfArea(area)]);
    }

    /// <summary>A processor of a group that crosses members.</summary>
    private sealed class Watched(int group, StreamExecution[] streams, DeviceMemory? memory, VmArea[] areas)
    {
        private const long PagesToSearch = 1L << 24; // a recorded trace has an area of 2^36 pages

        private BlockKey _lastFound;
        private bool _hasFound;

        public int Group => group;

        public bool IsActive()
        {
            if (Array.Exists(streams, stream => stream.WarpsLeft > 0))
            {
                return true;
            }

            if (memory is null)
            {
                return false;
            }

            if (_hasFound && memory.Holds(_lastFound))
            {
                return true;
            }

            _hasFound = areas.Any(HoldsAnyOf);
            return _hasFound || memory.IsAboutToServe(block => Array.Exists(areas, area => !area.PagesIn(block.Block).IsEmpty));
        }

        private bool HoldsAnyOf(VmArea area)
        {
            if (area.PageCount > PagesToSearch)
            {
                return true;
            }

            for (VirtualBlockNumber block = area.Begin.Block; block <= (area.End + -1).Block; block = new VirtualBlockNumber(block.Value + 1))
            {
                BlockKey key = new(default, block);
                if (memory!.Holds(key))
                {
                    _lastFound = key;
                    return true;
                }
            }

            return false;
        }
    }
}
