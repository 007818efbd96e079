using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;

namespace HmmSim.Protocol.Tests.Concurrency;

/// <summary>A call that has not ended, and what is to be done with its result.</summary>
internal sealed record CallInFlight(Call Call, Action<CallResult> End)
{
    public AddressSpaceId Space => Call.Space;

    public override string ToString() => $"{Call.Kind} {Call.Advice} space {Call.Space.Value} {Call.Begin} {Call.PageCount} mirror {Call.Mirror}";
}
