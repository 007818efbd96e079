namespace HmmSim.Protocol.Addresses;

/// <summary>Number of a simulated host: one operating system with its RAM and its devices.</summary>
public readonly record struct HostId(ushort Value);
