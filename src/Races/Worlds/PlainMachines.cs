namespace HmmSim.Races.Worlds;

/// <summary>The machines that simulations run.</summary>
public sealed class PlainMachines : IMachineMaker
{
    /// <summary>The one instance.</summary>
    public static readonly PlainMachines Instance = new();
}
