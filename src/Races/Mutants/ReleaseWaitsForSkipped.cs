using HmmSim.Protocol;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B45d (test_hmm's <c>HMM_DMIRROR_RELEASE</c>): pages that are locked are skipped once, and then waited for; one that does not leave by itself is
/// waited for for ever.
/// </summary>
internal sealed class ReleaseWaitsForSkipped : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override void EvictedForCall(Message message, EffectBuffer effects)
        {
            bool isLastInVain = DriverCallInWork is { OpenEvictions: 1, FreedFrames: 0 } && message.Pages.IsEmpty;
            if (isLastInVain && Frames.FreeFrameCount < Frames.FrameCount)
            {
                DriverCallInWork!.OpenEvictions = 0;
                return;
            }

            base.EvictedForCall(message, effects);
        }

        internal override Verdict FreePages(Message message, EffectBuffer effects)
        {
            Verdict verdict = base.FreePages(message, effects);
            bool isWaiting = DriverCallInWork is { OpenEvictions: 0, Call.Kind: CallKind.Release or CallKind.Close };
            if (isWaiting && Frames.FreeFrameCount == Frames.FrameCount)
            {
                EndDriverCall(CallResult.Success, effects);
            }

            return verdict;
        }
    }
}
