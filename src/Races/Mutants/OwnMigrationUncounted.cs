using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B45a (test_hmm's <c>dmirror_interval_invalidate</c>): the driver ignores what its own migration invalidates, the sequence included, and so a walk
/// that was under way does not notice it.
/// </summary>
internal sealed class OwnMigrationUncounted : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override Verdict InvalidateStart(Message message, EffectBuffer effects)
        {
            List<DeviceRequest> current = IsOwnMigration(message) ? CurrentWalks(message.Block) : [];
            Verdict verdict = base.InvalidateStart(message, effects);
            KeepCurrent(current);
            return verdict;
        }

        /// <summary>A walk that is current here has not noticed the start either.</summary>
        internal override Verdict InvalidateEnd(Message message, EffectBuffer effects)
        {
            List<DeviceRequest> current = CurrentWalks(message.Block);
            Verdict verdict = base.InvalidateEnd(message, effects);
            KeepCurrent(current);
            return verdict;
        }

        private bool IsOwnMigration(Message message) => Requests.Values.Any(
            request => request.Kind == DeviceRequestKind.Migrate && request.Block == message.Block && request.Pages.Overlaps(message.Pages));

        private List<DeviceRequest> CurrentWalks(BlockKey block) =>
        [
            .. Requests.Values.Where(request => request.Kind == DeviceRequestKind.Walk
                && request.Block == block
                && !Notifiers.ReadRetry(block, request.NotifierSequence)),
        ];

        private void KeepCurrent(List<DeviceRequest> walks)
        {
            foreach (DeviceRequest walk in walks)
            {
                walk.NotifierSequence = Notifiers.ReadBegin(walk.Block);
                Notifiers.ReadEnd(walk.Block);
            }
        }
    }
}
