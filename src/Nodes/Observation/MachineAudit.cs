namespace HmmSim.Nodes.Observation;

/// <summary>What the protocol machines of a run, or of a part of it, say about each other at the end.</summary>
/// <param name="Violations">One line for each balance that does not hold.</param>
/// <param name="RamFrames">Frames of RAM in use.</param>
/// <param name="DeviceFrames">Frames of devices and of lent RAM in use.</param>
/// <param name="PageValues">Sum of the values of all pages, where values are tracked.</param>
internal sealed record MachineAudit(IReadOnlyList<string> Violations, long RamFrames, long DeviceFrames, ulong PageValues)
{
    /// <summary>Nothing audited yet.</summary>
    public static readonly MachineAudit None = new([], 0, 0, 0);

    /// <summary>This part and another one.</summary>
    public MachineAudit With(MachineAudit other) => new(
        [.. Violations, .. other.Violations],
        RamFrames + other.RamFrames,
        DeviceFrames + other.DeviceFrames,
        unchecked(PageValues + other.PageValues));
}
