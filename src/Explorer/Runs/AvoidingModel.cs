using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Runs;

/// <summary>
/// A model in which some transitions are offered only where no other is enabled. Its runs are runs of the model.
/// </summary>
internal sealed class AvoidingModel(IModel model, IReadOnlyList<int> avoided) : IActorModel
{
    private readonly bool[] _isAvoided =
        [.. Enumerable.Range(0, model.TransitionCount).Select(transition => avoided.Contains(transition))];

    public int StateWords => model.StateWords;

    public int InitialStateCount => model.InitialStateCount;

    public int TransitionCount => model.TransitionCount;

    public int MaxEnabled => model.MaxEnabled;

    public IReadOnlyList<string> Properties => model.Properties;

    public int ActorCount => (model as IActorModel)?.ActorCount ?? 1;

    public int ActorOf(int transition) => (model as IActorModel)?.ActorOf(transition) ?? 0;

    public int PendingCount(ReadOnlySpan<ulong> state, int transition) =>
        throw new NotSupportedException("an avoided transition is pending but not offered");

    public void WriteInitialState(int index, Span<ulong> state) => model.WriteInitialState(index, state);

    public int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions)
    {
        int count = model.WriteEnabled(state, transitions);
        int kept = 0;
        for (int position = 0; position < count; position++)
        {
            if (!_isAvoided[transitions[position]])
            {
                transitions[kept++] = transitions[position];
            }
        }

        return kept > 0 ? kept : model.WriteEnabled(state, transitions);
    }

    public void Apply(Span<ulong> state, int transition) => model.Apply(state, transition);

    public int FindViolation(ReadOnlySpan<ulong> state) => model.FindViolation(state);

    public int FindTerminalViolation(ReadOnlySpan<ulong> state) => model.FindTerminalViolation(state);

    public string DescribeState(ReadOnlySpan<ulong> state) => model.DescribeState(state);

    public string DescribeTransition(ReadOnlySpan<ulong> state, int transition) => model.DescribeTransition(state, transition);
}
