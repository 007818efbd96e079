namespace HmmSim.Protocol.Policies;

/// <summary>What a device does about a page it touched and has not mapped.</summary>
public enum FaultAction : byte
{
    /// <summary>Bring the page into the device's memory; map it in RAM only if it cannot move.</summary>
    Migrate = 0,

    /// <summary>Leave the page in RAM and map it there: mirroring without any device-private memory.</summary>
    Map,

    /// <summary>Fault nothing in: tell what is there (<c>hmm_range_fault</c> without request flags).</summary>
    Snapshot,
}
