namespace HmmSim.Explorer.Explorations;

/// <summary>Joins the time limit and the cancellation of an exploration, for engines that know only the latter.</summary>
internal sealed class Deadline : IDisposable
{
    // The longest delay that a timer takes.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly CancellationToken _outer;
    private readonly CancellationTokenSource _source;

    public Deadline(ExplorationSettings settings)
    {
        _outer = settings.Cancellation;
        _source = CancellationTokenSource.CreateLinkedTokenSource(_outer);
        if (settings.TimeLimit < Longest)
        {
            _source.CancelAfter(settings.TimeLimit);
        }
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time, and not the user, ended the exploration.</summary>
    public bool IsOver => _source.IsCancellationRequested && !_outer.IsCancellationRequested;

    public void Dispose() => _source.Dispose();
}
