using HmmSim.Protocol;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B7 (8a295dbbaf72): a walk of a device that meets another device's private page fails instead of having it brought back.
/// </summary>
internal sealed class ForeignPageRefused : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override FaultOutcome BringBack(
            in StepContext context, AddressSpace space, VirtualPageNumber page, MemoryId owner, Message waiter, EffectBuffer effects) =>
            waiter.Kind == MessageKind.RangeFault ? FaultOutcome.BusError : base.BringBack(context, space, page, owner, waiter, effects);
    }
}
