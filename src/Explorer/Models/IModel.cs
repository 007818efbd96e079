namespace HmmSim.Explorer.Models;

/// <summary>
/// A finite transition system that the engines explore: states of a fixed number of 64-bit words, transitions that are named
/// by small numbers, and the properties that every reachable state shall have.
/// </summary>
/// <remarks>
/// <para><b>How to write one.</b> Declare a <c>readonly struct</c> (the engines are then compiled for it and its calls are
/// inlined; a class works too, at the price of an interface call). Its fields are the configuration only: number of agents,
/// scripts, seeded bugs. Decide where each variable lies in the words of a state; <see
/// cref="System.Runtime.InteropServices.MemoryMarshal"/> gives a byte view for layouts in bytes. Give every process of the system
/// (a channel, an agent's script) one transition number, or one for each of its choices. <c>Samples.GermanModel</c> is a
/// bit-packed example, <c>Samples.PageMigrationModel</c> one with agents, first-in-first-out channels and scripts.</para>
/// <para><b>What the engines rely on.</b> All methods are pure: no clock, no chance, no shared mutable state, since several
/// threads call them at once. Two states are the same if and only if their words are the same, so a variable without a
/// meaning must have one fixed value. <see cref="WriteEnabled"/> returns the same transitions in the same order whenever it sees
/// the same words. An engine that replays what it found refuses a model that does not keep this.</para>
/// <para><b>Properties of a step</b> (a message that no handler expects, a read of an undefined value) are properties of states:
/// let <see cref="Apply"/> set an error bit that <see cref="FindViolation"/> reports.</para>
/// <para>The hash of a state is the engines' own, see <see cref="StateHash"/>. Symmetry is optional: <see
/// cref="ISymmetricModel"/>. Independence of transitions is optional: <see cref="IActorModel"/>.</para>
/// </remarks>
public interface IModel
{
    /// <summary>Length of every state, in 64-bit words; at least 1.</summary>
    int StateWords { get; }

    /// <summary>Number of initial states; at least 1.</summary>
    int InitialStateCount { get; }

    /// <summary>
    /// Transitions are numbered 0 to <see cref="TransitionCount"/> - 1; at most 65,536, since counterexamples store two bytes a
    /// step.
    /// </summary>
    int TransitionCount { get; }

    /// <summary>
    /// An upper bound, at least 1, of the number of transitions that are enabled in one state. Engines size their buffers by it.
    /// </summary>
    int MaxEnabled { get; }

    /// <summary>
    /// Names of the checked properties; <see cref="FindViolation"/> and <see cref="FindTerminalViolation"/> return positions in
    /// this list.
    /// </summary>
    IReadOnlyList<string> Properties { get; }

    /// <summary>Writes all words of an initial state.</summary>
    /// <param name="index">0 to <see cref="InitialStateCount"/> - 1.</param>
    /// <param name="state">Receives the state; its former content is undefined.</param>
    void WriteInitialState(int index, Span<ulong> state);

    /// <summary>Lists the transitions that are enabled in a state, in a fixed order and without repetition.</summary>
    /// <param name="state">A reachable state.</param>
    /// <param name="transitions">Receives the numbers; holds at least <see cref="MaxEnabled"/>.</param>
    /// <returns>How many were written; 0 for a terminal state.</returns>
    int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions);

    /// <summary>Takes a transition: turns a state into its successor, in place.</summary>
    /// <param name="state">A state in which <paramref name="transition"/> is enabled.</param>
    /// <param name="transition">A number that <see cref="WriteEnabled"/> listed for this state.</param>
    void Apply(Span<ulong> state, int transition);

    /// <summary>The first property that a state violates, or <see cref="ModelProperty.None"/>.</summary>
    int FindViolation(ReadOnlySpan<ulong> state);

    /// <summary>
    /// The first property that a state without enabled transitions violates: a deadlock if work is left, a leak if a resource is
    /// still held; or <see cref="ModelProperty.None"/> if the state is a proper end.
    /// </summary>
    int FindTerminalViolation(ReadOnlySpan<ulong> state);

    /// <summary>A state as a line of text for people.</summary>
    string DescribeState(ReadOnlySpan<ulong> state);

    /// <summary>A transition as a few words for people.</summary>
    /// <param name="state">The state it is taken in, for what it delivers.</param>
    /// <param name="transition">A transition enabled there.</param>
    string DescribeTransition(ReadOnlySpan<ulong> state, int transition);
}
