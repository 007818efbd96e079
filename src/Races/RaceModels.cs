using HmmSim.Explorer.Configurations;

namespace HmmSim.Races;

/// <summary>The model families that a race file may name: the explorer's samples and the simulator's protocol.</summary>
public static class RaceModels
{
    /// <summary>All of them.</summary>
    public static ModelRegistry All { get; } = ModelRegistry.BuiltIn.With([new HmmFamily()]);
}
