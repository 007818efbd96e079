using HmmSim.Protocol.Calls;

namespace HmmSim.Conformance.Replay;

/// <summary>A call and who is asked.</summary>
/// <param name="Device">The device whose driver is asked; <see cref="Systems.ICallSystem.CpuMemory"/> for the CPU memory.</param>
/// <param name="Call">The call.</param>
public sealed record TargetedCall(int Device, Call Call);
