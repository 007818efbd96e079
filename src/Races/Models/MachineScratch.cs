using HmmSim.Protocol;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Models;

/// <summary>The machines that a thread loads states into, one of each position: making a machine costs more than loading a state.</summary>
internal sealed class MachineScratch
{
    [ThreadStatic]
    private static MachineScratch? current;

    private readonly World _world;
    private readonly DeviceMemory?[] _devices;
    private CpuMemory? _home;

    private MachineScratch(World world)
    {
        _world = world;
        _devices = new DeviceMemory?[world.Count];
    }

    /// <summary>The machines of the calling thread.</summary>
    public static MachineScratch Of(World world) => current?._world == world ? current : current = new MachineScratch(world);

    /// <summary>The home, in any state.</summary>
    public CpuMemory Home => _home ??= _world.NewHome();

    /// <summary>A device, in any state.</summary>
    public DeviceMemory Device(int position) => _devices[position] ??= _world.NewDevice(position);
}
