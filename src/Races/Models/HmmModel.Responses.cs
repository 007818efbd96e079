using HmmSim.Explorer.Models;

namespace HmmSim.Races.Models;

/// <summary>I9 as response properties: every operation that has begun ends, if every message arrives some day.</summary>
public partial class HmmModel
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Responses => [.. _threads.Select(thread => $"I9 progress of {thread.Name}")];

    /// <inheritdoc/>
    public int FairnessCount => TransitionCount;

    /// <inheritdoc/>
    public bool IsAsked(ReadOnlySpan<ulong> state, int response) => ThreadWord.Wait(state[ThreadsAt], response) != ThreadWait.Nothing;

    /// <summary>A processor's access is over when its position moves; while it is tried again it is still asked for.</summary>
    public bool IsGiven(ReadOnlySpan<ulong> state, int response) => !IsAsked(state, response) && !IsRetrying(state, response);

    /// <inheritdoc/>
    public int FairnessOf(int transition)
    {
        int thread = (transition - (_machines * _queues)) / _alternatives;
        return transition < _machines * _queues || _threads[thread].Kind != Worlds.ThreadKind.Process ? transition : -1;
    }

    /// <inheritdoc/>
    public Fairness FairnessKind(int condition) => Fairness.Weak;

    /// <summary>A processor that has been told to try again has nothing but that to do.</summary>
    private bool IsRetrying(ReadOnlySpan<ulong> state, int thread) =>
        _threads[thread].Kind != Worlds.ThreadKind.Process
        && state[ViolationAt] == 0
        && ThreadWord.Position(state[ThreadsAt], thread) < _threads[thread].Steps.Length
        && ThreadWord.Wait(state[ThreadsAt], thread) == ThreadWait.Nothing;
}
