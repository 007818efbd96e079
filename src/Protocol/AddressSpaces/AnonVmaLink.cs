namespace HmmSim.Protocol.AddressSpaces;

/// <summary>One link of an area's <c>anon_vma</c> chain: an area of an ancestor, whose pages it may share.</summary>
/// <param name="AnonVma">Identity of the ancestor's <c>anon_vma</c>.</param>
/// <param name="Next">The links to older ancestors.</param>
public sealed record AnonVmaLink(int AnonVma, AnonVmaLink? Next);
