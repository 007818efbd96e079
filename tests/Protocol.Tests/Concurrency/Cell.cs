namespace HmmSim.Protocol.Tests.Concurrency;

/// <summary>One address of one address space in the model. Shared memory has one value for all who map it.</summary>
internal sealed record Cell(Register<ulong> Value, Register<Access> Access, bool IsShared);
