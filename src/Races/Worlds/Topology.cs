namespace HmmSim.Races.Worlds;

/// <summary>Which memories a world has.</summary>
public enum Topology : byte
{
    /// <summary>One host with devices.</summary>
    OneHost = 0,

    /// <summary>Two hosts with a device each; the address space has its home on the first, and the second lends RAM to it.</summary>
    TwoHosts,
}
