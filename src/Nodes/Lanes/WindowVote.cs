namespace HmmSim.Nodes.Lanes;

/// <summary>What a lane tells the others between two windows. All lanes merge the same votes, and so decide the same.</summary>
/// <param name="EarliestPicoseconds">Earliest event or advance of the lane, messages just sent to other lanes included.</param>
/// <param name="Steps">Steps of the lane so far.</param>
/// <param name="Advances">Advances of the lane so far.</param>
/// <param name="Stop">The lane has failed or was asked to stop.</param>
/// <param name="Regroup">The threads are to share out the lanes anew before the next window.</param>
/// <param name="Meet">The other members are to be met, though nothing has to be heard from them.</param>
/// <param name="Cut">The run is to be cut here.</param>
internal readonly record struct WindowVote(
    long EarliestPicoseconds, long Steps, long Advances, bool Stop, bool Regroup, bool Meet = false, bool Cut = false)
{
    public WindowVote Merge(in WindowVote other) => new(
        Math.Min(EarliestPicoseconds, other.EarliestPicoseconds),
        Steps + other.Steps,
        Advances + other.Advances,
        Stop | other.Stop,
        Regroup | other.Regroup,
        Meet | other.Meet,
        Cut | other.Cut);
}
