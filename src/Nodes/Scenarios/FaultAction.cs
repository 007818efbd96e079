namespace HmmSim.Nodes.Scenarios;

/// <summary>What the driver does for an access of a device to a page that lies elsewhere.</summary>
public enum FaultAction : byte
{
    /// <summary>Moves the page to the device.</summary>
    Migrate,

    /// <summary>Leaves the page in RAM and maps it into the device's page table, to be used over the link (a mirror).</summary>
    Map,
}
