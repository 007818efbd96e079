using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Simulation;

/// <summary>
/// Where the buffers and recorded traces of a scenario lie in its address space: buffers one after the other from 1 GiB on, each
/// at a 2 MiB boundary; each recorded trace at its own addresses in a window of 2^48 bytes of its own above them.
/// </summary>
internal sealed class AddressMap
{
    private const int WindowShift = 48 - VirtualPageNumber.PageShift;
    private static readonly VirtualBlockNumber FirstBufferBlock = new(512);

    private readonly Dictionary<string, PageRange> _buffers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _traceOffsets = new(StringComparer.Ordinal);
    private readonly List<VmArea> _areas = [];

    /// <summary>The map of a scenario.</summary>
    public AddressMap(Scenario scenario, IReadOnlyDictionary<string, MemoryId> homes)
    {
        VirtualBlockNumber next = FirstBufferBlock;
        foreach (BufferSpec buffer in scenario.Buffers)
        {
            PageRange range = new(next.FirstPage, buffer.Size.Pages);
            _buffers.Add(buffer.Name, range);
            _areas.Add(AreaOf(buffer.Name, range, homes[buffer.Home], buffer.Access == BufferAccess.ReadWrite));
            next = new VirtualBlockNumber((range.End + -1).Block.Value + 1);
        }

        long window = 0;
        foreach (StreamSpec stream in scenario.Streams)
        {
            if (stream.Pattern is TracePattern trace)
            {
                long offset = ++window << WindowShift;
                _traceOffsets.Add(stream.Name, offset);
                PageRange range = new(new VirtualPageNumber((ulong)offset), 1L << WindowShift);
                _areas.Add(AreaOf(stream.Name, range, homes[trace.Home], isWritable: true));
            }
        }
    }

    /// <summary>The areas of the address space.</summary>
    public IReadOnlyList<VmArea> Areas => _areas;

    /// <summary>The pages of a buffer.</summary>
    public PageRange Buffer(string name) => _buffers[name];

    /// <summary>Pages added to the addresses of a stream's recorded trace.</summary>
    public long TraceOffsetPages(string stream) => _traceOffsets[stream];

    private static VmArea AreaOf(string name, PageRange range, MemoryId home, bool isWritable) => new()
    {
        Name = name,
        Begin = range.Begin,
        PageCount = range.Pages,
        Home = home,
        IsWritable = isWritable,
    };
}
