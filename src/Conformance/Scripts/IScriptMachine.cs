using HmmSim.Conformance.Replay;
using HmmSim.Protocol.Calls;

namespace HmmSim.Conformance.Scripts;

/// <summary>
/// Hands out the calls of a script one at a time and takes the result of each whenever it comes, so that a system may take its
/// (virtual) time. The files have to be there before the first call.
/// </summary>
public interface IScriptMachine
{
    /// <summary>The files that have to be there.</summary>
    IReadOnlyList<NewFile> Files { get; }

    /// <summary>Calls handed out so far.</summary>
    long CallCount { get; }

    /// <summary>The steps that did not answer what they must, in order.</summary>
    IReadOnlyList<ScriptFailure> Failures { get; }

    /// <summary>The next call, or null at the end. The result of the one before must have come.</summary>
    TargetedCall? Next();

    /// <summary>Takes the result of the call that was handed out last.</summary>
    void Completed(CallResult result);
}
