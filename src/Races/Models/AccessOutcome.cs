using HmmSim.Protocol.Messages;

namespace HmmSim.Races.Models;

/// <summary>What comes of a processor's attempt to access a page.</summary>
/// <param name="Kind">What the thread is told: that it has accessed the page, is refused, or waits.</param>
/// <param name="Value">The value loaded, or the version made.</param>
/// <param name="Fault">The fault that is raised at the processor's own memory, or null.</param>
/// <param name="Remote">The access that goes over the link, or null.</param>
/// <param name="Problem">Why the access must not be; null if it may.</param>
internal sealed record AccessOutcome(ThreadEventKind Kind, ulong Value = 0, Message? Fault = null, Message? Remote = null, string? Problem = null);
