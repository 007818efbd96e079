namespace HmmSim.Protocol.Addresses;

/// <summary>Number of an address space (a Linux <c>mm_struct</c>), counted from 0 over the whole simulated system.</summary>
public readonly record struct AddressSpaceId(ushort Value);
