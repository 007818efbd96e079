using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B1 (16ce101db85d, CVE-2022-3523): a fault on a private page remembers whose the page is, lets go of the page table, and asks the owner
/// later, without a reference to the page and without looking at its entry again.
/// </summary>
internal sealed class FaultWithoutReference : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override FaultOutcome BringBack(
            in StepContext context, AddressSpace space, VirtualPageNumber page, MemoryId owner, Message waiter, EffectBuffer effects)
        {
            if (waiter.Kind != MessageKind.CpuFault)
            {
                return base.BringBack(context, space, page, owner, waiter, effects);
            }

            effects.SetTimer(FaultOf(waiter, owner), new VirtualDuration(1));
            return FaultOutcome.Waits;
        }

        internal override Verdict CpuFault(in StepContext context, Message message, EffectBuffer effects)
        {
            if (message.Destination == MemoryId.None)
            {
                return base.CpuFault(context, message, effects);
            }

            VirtualPageNumber page = message.Block.Block.Page(message.Pages.First);
            base.BringBack(context, Space(message.Block.Space), page, message.Destination, FaultOf(message, MemoryId.None), effects);
            return Verdict.Deferred;
        }

        /// <summary>The fault with the owner that it has seen.</summary>
        private static Message FaultOf(Message fault, MemoryId owner) => new()
        {
            Kind = MessageKind.CpuFault,
            From = fault.From,
            To = fault.To,
            Block = fault.Block,
            Pages = fault.Pages,
            IsWrite = fault.IsWrite,
            Thread = fault.Thread,
            Action = fault.Action,
            Destination = owner,
        };
    }
}
