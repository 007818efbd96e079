using HmmSim.Conformance.Systems;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Scripts;

/// <summary>One step of a script scenario. Which fields carry meaning depends on the kind.</summary>
public sealed record ScriptStep
{
    /// <summary>What is called; <see cref="CallKind.None"/> for a <c>repeat</c>.</summary>
    public required CallKind Kind { get; init; }

    /// <summary>The word of the step.</summary>
    public required string Word { get; init; }

    /// <summary>Its line in the file, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>Runs only with devices of this kind; null for both.</summary>
    public DeviceMemoryKind? Only { get; init; }

    /// <summary>The process that calls.</summary>
    public string Process { get; init; } = ScriptScenario.FirstProcess;

    /// <summary><c>fork</c>: the name of the child.</summary>
    public string Child { get; init; } = string.Empty;

    /// <summary>Driver calls: number of the device.</summary>
    public int Device { get; init; }

    /// <summary>Driver calls: the handle is the one inherited from the parent.</summary>
    public bool IsInherited { get; init; }

    /// <summary>Index of the buffer.</summary>
    public int Buffer { get; init; }

    /// <summary>Pages of the buffer.</summary>
    public PageRange Pages { get; init; }

    /// <summary><c>map</c>, <c>protect</c>.</summary>
    public Protections Protections { get; init; }

    /// <summary><c>map</c>.</summary>
    public AreaBacking Backing { get; init; }

    /// <summary><c>map</c>, <c>truncate</c>: index of the file, -1 for none.</summary>
    public int File { get; init; } = -1;

    /// <summary><c>advise</c>.</summary>
    public Advice Advice { get; init; }

    /// <summary><c>remap</c>: index of the buffer that pages are moved to.</summary>
    public int TargetBuffer { get; init; }

    /// <summary><c>remap</c>: page of that buffer.</summary>
    public int TargetPage { get; init; }

    /// <summary>Whether the old area stays, empty (<c>MREMAP_DONTUNMAP</c>).</summary>
    public bool KeepsSource { get; init; }

    /// <summary>Values to be stored or written.</summary>
    public PageValues Values { get; init; }

    /// <summary><c>truncate</c>: pages; <c>set_flags</c>: the flags; <c>repeat</c>: how often.</summary>
    public int Count { get; init; }

    /// <summary><c>pin</c>: for writing.</summary>
    public bool IsWrite { get; init; }

    /// <summary>What it must answer.</summary>
    public Expectation Expected { get; init; } = new();

    /// <summary><c>repeat</c>: the steps.</summary>
    public IReadOnlyList<ScriptStep> Steps { get; init; } = [];
}
