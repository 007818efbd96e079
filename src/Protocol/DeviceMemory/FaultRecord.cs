using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>One entry of the fault buffer.</summary>
/// <param name="Block">Block of the faulting page.</param>
/// <param name="Page">Index of the page in the block.</param>
/// <param name="IsWrite">Whether it was a store.</param>
/// <param name="Action">What the access asks for.</param>
/// <param name="RaisedAt">When it entered the buffer.</param>
internal readonly record struct FaultRecord(BlockKey Block, int Page, bool IsWrite, FaultAction Action, VirtualTime RaisedAt);
