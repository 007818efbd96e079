using HmmSim.Conformance.Systems;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Traces;

/// <summary>The first line of a trace file (<c>meta</c>).</summary>
/// <param name="Devices">Kind of the devices' memory.</param>
/// <param name="Kernel">Version of the kernel that was recorded; empty if the file does not say.</param>
public sealed record TraceHeader(DeviceMemoryKind Devices, string Kernel);
