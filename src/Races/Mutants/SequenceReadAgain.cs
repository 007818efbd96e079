using HmmSim.Protocol;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B11 (962d684b5dc0, CVE-2026-63879): the driver reads the sequence again while a walk is under way, as it does for each chunk of a
/// large range. What the walk found before passes for what is there now.
/// </summary>
internal sealed class SequenceReadAgain : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override Verdict InvalidateEnd(Message message, EffectBuffer effects)
        {
            Verdict verdict = base.InvalidateEnd(message, effects);
            if (!Notifiers.IsInvalidating(message.Block))
            {
                foreach (DeviceRequest walk in Requests.Values.Where(request => request.Kind == DeviceRequestKind.Walk && request.Block == message.Block))
                {
                    RestartReading(walk);
                }
            }

            return verdict;
        }
    }
}
