using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B45e (test_hmm's <c>HMM_DMIRROR_MIGRATE_TO_DEV</c>): the mirror keeps its entries of RAM while the driver's own migration copies the pages, and a store
/// through them does not wait for it.
/// </summary>
internal sealed class StoreMeetsOwnMigration : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override Verdict DriverCall(in StepContext context, Message message, EffectBuffer effects)
        {
            if (CallInWork != CallKind.MigrateToDevice || message.Call is not { Kind: CallKind.DeviceWrite } call
                || EntryOf(call) is not { Kind: DeviceEntryKind.RemoteWrite } entry)
            {
                return base.DriverCall(context, message, effects);
            }

            effects.Send(new Message
            {
                Kind = MessageKind.RemoteAccess,
                From = Id,
                To = message.From,
                Block = message.Block,
                Pages = PageMask.Of(call.Begin.IndexInBlock),
                Frames = new PageFrames(entry.Frame + -call.Begin.IndexInBlock),
                Thread = message.Thread,
                IsWrite = true,
                Value = call.Value,
            });
            return Verdict.Handled;
        }

        /// <summary>Once the contents are here the old entries are of no use any more.</summary>
        internal override Verdict ReceivePageData(Message message, EffectBuffer effects)
        {
            foreach (DriverMirror mirror in DriverMirrors)
            {
                foreach (int page in message.Pages)
                {
                    mirror.Table[message.Block.Block.Page(page)] = 0;
                }
            }

            return base.ReceivePageData(message, effects);
        }

        internal override Verdict RemoteAccessReply(Message message, EffectBuffer effects)
        {
            if (!message.Transaction.IsNone)
            {
                return base.RemoteAccessReply(message, effects);
            }

            effects.Send(new Message
            {
                Kind = MessageKind.CallDone,
                From = Id,
                To = message.From,
                Block = message.Block,
                Thread = message.Thread,
                Result = CallResult.Success,
            });
            return Verdict.Handled;
        }

        private DeviceEntry? EntryOf(Call call) =>
            DriverMirrors.FirstOrDefault(mirror => mirror.Number == call.Mirror) is { } mirror ? new DeviceEntry(mirror.Table[call.Begin]) : null;
    }
}
