using HmmSim.Explorer.Models;

namespace SpinLockExample;

/// <summary>Threads that each enter a critical section once, behind a lock that is one word.</summary>
/// <param name="threads">Number of threads.</param>
/// <param name="isAtomic">Whether looking at the lock and taking it are one step.</param>
public readonly struct SpinLockModel(int threads, bool isAtomic) : INarratedModel
{
    // Word 0 of a state is the lock, word 1 + i the place of thread i.
    private const ulong Before = 0;
    private const ulong SawFree = 1;
    private const ulong Inside = 2;
    private const ulong Done = 3;

    private static readonly string[] PropertyNames = ["mutual exclusion", "deadlock freedom"];
    private static readonly string[] Places = ["before", "saw it free", "inside", "done"];

    /// <inheritdoc/>
    public int StateWords => threads + 1;

    /// <inheritdoc/>
    public int InitialStateCount => 1;

    /// <summary>The next step of each thread.</summary>
    public int TransitionCount => threads;

    /// <inheritdoc/>
    public int MaxEnabled => threads;

    /// <inheritdoc/>
    public IReadOnlyList<string> Properties => PropertyNames;

    /// <summary>The threads, then the lock.</summary>
    public IReadOnlyList<string> ActorNames => [.. Enumerable.Range(0, threads).Select(thread => $"thread {thread}"), "lock"];

    /// <inheritdoc/>
    public void WriteInitialState(int index, Span<ulong> state) => state.Clear();

    /// <inheritdoc/>
    public int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions)
    {
        int count = 0;
        for (int thread = 0; thread < threads; thread++)
        {
            bool isEnabled = state[1 + thread] switch
            {
                Before => state[0] == 0,
                Done => false,
                _ => true,
            };
            if (isEnabled)
            {
                transitions[count++] = thread;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public void Apply(Span<ulong> state, int transition)
    {
        ref ulong place = ref state[1 + transition];
        switch (place)
        {
            case Before when !isAtomic:
                place = SawFree;
                break;
            case Before or SawFree:
                place = Inside;
                state[0] = 1;
                break;
            default:
                place = Done;
                state[0] = 0;
                break;
        }
    }

    /// <inheritdoc/>
    public int FindViolation(ReadOnlySpan<ulong> state) => state[1..].Count(Inside) > 1 ? 0 : ModelProperty.None;

    /// <inheritdoc/>
    public int FindTerminalViolation(ReadOnlySpan<ulong> state) => state[1..].Count(Done) < threads ? 1 : ModelProperty.None;

    /// <inheritdoc/>
    public string DescribeState(ReadOnlySpan<ulong> state)
    {
        string[] places = new string[threads];
        for (int thread = 0; thread < threads; thread++)
        {
            places[thread] = $"{thread} {Places[state[1 + thread]]}";
        }

        return $"lock {(state[0] == 0 ? "free" : "taken")} | {string.Join(" | ", places)}";
    }

    /// <inheritdoc/>
    public string DescribeTransition(ReadOnlySpan<ulong> state, int transition) =>
        $"thread {transition}: {Label(state[1 + transition])}";

    /// <inheritdoc/>
    public StepNarrative NarrateStep(ReadOnlySpan<ulong> state, int transition) =>
        new(transition, Sender: null, Label(state[1 + transition]));

    /// <inheritdoc/>
    public IReadOnlyList<StateField> DescribeFields(ReadOnlySpan<ulong> state)
    {
        List<StateField> fields = [];
        for (int thread = 0; thread < threads; thread++)
        {
            fields.Add(new StateField(thread, "place", Places[state[1 + thread]]));
        }

        fields.Add(new StateField(threads, "word", state[0] == 0 ? "free" : "taken"));
        return fields;
    }

    private string Label(ulong place) => place switch
    {
        Before => isAtomic ? "test and set" : "test",
        SawFree => "set",
        _ => "leave",
    };
}
