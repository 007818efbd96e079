namespace HmmSim.Nodes.Lanes;

/// <summary>What the members of a distributed run have agreed on in one meeting.</summary>
/// <param name="All">The merged votes of all members: the same on each.</param>
/// <param name="HorizonPicoseconds">Nothing that another member has not sent yet can act on this member before this time.</param>
internal readonly record struct MemberAgreement(WindowVote All, long HorizonPicoseconds);
