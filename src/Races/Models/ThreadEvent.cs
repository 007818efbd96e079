using HmmSim.Protocol.Calls;

namespace HmmSim.Races.Models;

/// <summary>What a step of a machine tells a thread.</summary>
/// <param name="Kind">What happens to the thread.</param>
/// <param name="Thread">The thread; -1 for all that wait for a replay.</param>
/// <param name="Result">How a call ended.</param>
/// <param name="Value">The value that an access loaded, or the version it made.</param>
internal sealed record ThreadEvent(ThreadEventKind Kind, int Thread, CallResult? Result, ulong Value);
