using HmmSim.Protocol;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B40 (dd361e5033cf): a walk keeps the lock for reading while it waits for a fault, and takes it again afterwards; a writer has queued in between.
/// </summary>
internal sealed class LockKeptOverFault : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override CallResult? Walk(in StepContext context, CallTransaction call, EffectBuffer effects)
        {
            CallResult? result = base.Walk(context, call, effects);
            AddressSpace space = Spaces[call.Request.Block.Space.Value]!;
            bool keeps = call.Stage == 1;
            if (result is not null && keeps)
            {
                EndTransactionIn(space);
            }
            else if (result is null && !keeps && call.FaultCursor < call.FaultEnd)
            {
                BeginTransactionIn(space);
                call.Stage = 1;
            }

            return result;
        }
    }
}
