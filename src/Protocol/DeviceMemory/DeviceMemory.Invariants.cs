using HmmSim.Protocol.Calls;

namespace HmmSim.Protocol;

/// <summary>What must not be left when a run has ended.</summary>
public partial class DeviceMemory
{
    /// <summary>Everything that is still under way, one line each; empty at quiescence.</summary>
    public IEnumerable<string> Unfinished()
    {
        if (_batch is not null || _isFetchPending || _faultBuffer.Count > 0)
        {
            yield return $"{Id}: a fault batch is in service or {_faultBuffer.Count} faults are in the buffer";
        }

        if (_driverCall is { } call)
        {
            yield return $"{Id}: {call.Call.Kind} of mirror {call.Mirror.Number} is not done, {_driverQueue.Count} calls wait for it";
        }

        foreach (DeviceRequest request in _requests.Values.OrderBy(request => request.Id.Number))
        {
            yield return $"{Id}: {request.Kind} request {request.Id} of block {request.Block} pages {request.Pages} has no answer";
        }

        if (_walksWaiting.Count > 0 || Notifiers.Count > 0)
        {
            yield return $"{Id}: {_walksWaiting.Count} walks wait, {Notifiers.Count} notifier intervals are in use";
        }
    }


    /// <summary>What the driver's call in work asks for; none if no call is in work.</summary>
    public CallKind CallInWork => _driverCall?.Call.Kind ?? CallKind.None;
}
