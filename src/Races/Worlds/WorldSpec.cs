using HmmSim.Protocol.Topology;

namespace HmmSim.Races.Worlds;

/// <summary>The sizes and kinds of a small system: what its machines depend on, whatever its threads do.</summary>
/// <param name="Topology">Which memories there are.</param>
/// <param name="Devices">Devices of one host, 0 to 3.</param>
/// <param name="Pages">Pages of the address space, 1 to 4.</param>
/// <param name="RamFrames">Frames of each RAM.</param>
/// <param name="DeviceFrames">Frames of each device, and of lent RAM.</param>
/// <param name="Kind">The kind of the devices' memory.</param>
/// <param name="PeerCopy">How pages get from device to device.</param>
/// <param name="Replies">Whether the answer to a walk keeps its place among the home's other messages.</param>
public sealed record WorldSpec(
    Topology Topology, int Devices, int Pages, int RamFrames, int DeviceFrames, DeviceMemoryKind Kind, PeerCopy PeerCopy, ReplyOrder Replies);
