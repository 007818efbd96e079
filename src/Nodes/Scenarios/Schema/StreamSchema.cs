using System.Collections.Immutable;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Policies;

namespace HmmSim.Nodes.Scenarios.Schema;

/// <summary>The keys of a stream: those of all streams, and those of each access pattern.</summary>
public static class StreamSchema
{
    private const long MostAccesses = 1_000_000_000_000;
    private const long MostRows = 1 << 24;

    /// <summary>All access patterns.</summary>
    public static readonly ImmutableArray<string> Patterns =
        ["sequential", "strided", "random", "pointer_chase", "stencil", "trace", "unmap"];

    private static readonly ImmutableArray<string> OneBuffer = ["sequential", "strided", "random", "pointer_chase"];
    private static readonly ImmutableArray<string> Generated = [.. OneBuffer, "stencil"];
    private static readonly ImmutableArray<string> Accessing = [.. Generated, "trace"];

    /// <summary>A stream.</summary>
    public static readonly SectionSpec Stream = new()
    {
        Name = "stream",
        Meaning = "A sequence of accesses of one processor. Streams of one processor run side by side unless start_after orders them.",
        Keys =
        [
            Key.Name("the stream; unique among streams"),
            Key.Reference("processor", "processor", "the CPU or device that performs it") with { Required = true },
            Key.Choice("pattern", "which places it visits, in which order", Patterns) with { Required = true },
            Key.Reference("buffer", "buffer", "the buffer it visits, or frees") with { Required = true, Patterns = [.. OneBuffer, "unmap"] },
            Key.Choice("access", "what it does at each place; update is a load and a store", EnumWords.Of<AccessOperation>())
                with { Default = "read", Source = "loads disturb nobody", Patterns = OneBuffer },
            Key.Count("passes", "how often it sweeps the buffer", 1_000_000_000)
                with { Default = "1", Source = "one sweep", Patterns = ["sequential", "strided"] },
            Key.Count("accesses_per_page", "accesses to each page it visits", 1 << 20)
                with { Default = "1", Source = "one touch decides where the page is", Patterns = ["sequential", "strided"] },
            Key.Count("stride", "distance of two visits in pages of 4 KiB", 1L << 30) with { Required = true, Patterns = ["strided"] },
            Key.Count("accesses", "number of visits of all warps together", MostAccesses) with { Required = true, Patterns = ["random"] },
            Key.Count("steps", "number of visits of all warps together", MostAccesses) with { Required = true, Patterns = ["pointer_chase"] },
            new KeySpec
            {
                Name = "buffers", Kind = ValueKind.References, Target = "buffer", Minimum = 2, Maximum = 2, Required = true, Patterns = ["stencil"],
                Meaning = "the grid read and the grid written first; they change roles after each iteration",
            },
            Key.Count("rows", "rows of the grid, the border included", MostRows) with { Minimum = 3, Required = true, Patterns = ["stencil"] },
            Key.Count("columns", "columns of the grid, the border included; a cell has 8 bytes", MostRows)
                with { Minimum = 3, Required = true, Patterns = ["stencil"] },
            Key.Count("iterations", "how often the grid is computed", 1_000_000_000)
                with { Default = "1", Source = "one iteration", Patterns = ["stencil"] },
            Key.Count("rows_per_turn", "consecutive rows one warp takes before the next warp's share begins", MostRows)
                with { Default = "1", Source = "neighbouring warps on neighbouring rows", Patterns = ["stencil"] },
            new KeySpec
            {
                Name = "file", Kind = ValueKind.File, Required = true, Patterns = ["trace"],
                Meaning = "the recorded accesses; the path is relative to the scenario file",
            },
            Key.Count("limit", "most accesses to take from the file; all if not given", MostAccesses) with { Patterns = ["trace"] },
            Key.Reference("home", "CPU", "the CPU that is the home of the recorded pages; the CPU of the stream's host if not given")
                with { Patterns = ["trace"] },
            Key.Count("warps", "threads that share the work; each is stalled alone by a fault", 1 << 16)
                with { Default = "1", Source = "one thread", Patterns = Generated },
            Key.Count("pages_per_turn", "consecutive pages one warp takes before the next warp's share begins", 1 << 20)
                with { Default = "1", Source = "neighbouring warps on neighbouring pages", Patterns = ["sequential"] },
            Key.Span("time_per_access", "computing time between two accesses of one warp", 1)
                with { Default = "100ns", Source = "assumption: the order of one memory access", Patterns = Accessing },
            Key.Choice("fault_action", "whether a fault of a device brings the page or maps it where it lies", EnumWords.Of<FaultAction>())
                with { Default = "migrate", Source = "first touch migrates in nvidia-uvm", Patterns = Accessing },
            new KeySpec
            {
                Name = "start_after", Kind = ValueKind.References, Target = "stream", Minimum = 0, Maximum = 4096,
                Meaning = "streams that must have ended before this one begins",
            },
            Key.Span("start_at", "delay from the start of the run, or from the end of the last stream of start_after", 0)
                with { Default = "0us", Source = "at once" },
        ],
    };
}
