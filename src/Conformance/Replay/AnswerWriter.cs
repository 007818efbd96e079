using HmmSim.Conformance.Traces;
using HmmSim.Protocol.Calls;

namespace HmmSim.Conformance.Replay;

/// <summary>Writes the result of a call as the answer of an operation.</summary>
internal static class AnswerWriter
{
    private const int SigBus = 7;
    private const int SigSegv = 11;

    /// <summary>The answer: an error number stands alone, as the driver copies nothing back then.</summary>
    public static TraceResult AnswerOf(ResultShape shape, CallResult result)
    {
        if (result.Signal != FaultSignal.None)
        {
            return result.Signal switch
            {
                FaultSignal.None => new TraceResult(),
                FaultSignal.MapError => new TraceResult { Signal = SigSegv, Code = 1 },
                FaultSignal.AccessError => new TraceResult { Signal = SigSegv, Code = 2 },
                FaultSignal.BusError => new TraceResult { Signal = SigBus, Code = 2 },
            };
        }

        if (result.Error != Errno.None)
        {
            return new TraceResult { Error = (int)result.Error };
        }

        TraceResult success = new() { Error = 0 };
        return shape switch
        {
            ResultShape.Error or ResultShape.Stored => success,
            ResultShape.LoadedValue => new TraceResult { Values = ValuesOf(result) },
            ResultShape.CopiedValue or ResultShape.Values => success with { Values = ValuesOf(result) },
            ResultShape.Count => success with { PageCount = result.PageCount },
            ResultShape.CountAndValues => success with { PageCount = result.PageCount, Values = ValuesOf(result) },
            ResultShape.CountAndFaults => success with { PageCount = result.PageCount, FaultCount = result.FaultCount },
            ResultShape.CountFaultsAndValues => success with
            {
                PageCount = result.PageCount,
                FaultCount = result.FaultCount,
                Values = ValuesOf(result),
            },
            ResultShape.CountAndPermissions => success
                with { PageCount = result.PageCount, Permissions = result.Permissions ?? [] },
        };
    }

    private static IReadOnlyList<ulong> ValuesOf(CallResult result) => result.Values ?? [];
}
