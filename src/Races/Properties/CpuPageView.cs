using HmmSim.Protocol.PageTables;

namespace HmmSim.Races.Properties;

/// <summary>A page as its home sees it in one address space.</summary>
/// <param name="Space">The address space.</param>
/// <param name="Page">The page, from 0.</param>
/// <param name="Entry">Its entry.</param>
/// <param name="HasArea">Whether an area is there.</param>
/// <param name="MayWrite">Whether the area may be written.</param>
/// <param name="Mappings">Entries that name its frame.</param>
/// <param name="IsExclusive">Whether it belongs to this address space alone.</param>
/// <param name="IsAnonymous">Whether it is an anonymous page.</param>
/// <param name="SwapCopy">What its swap slot holds while it is in the swap cache; null if it is not.</param>
/// <param name="Value">What the frame holds if it is RAM; null otherwise.</param>
internal sealed record CpuPageView(
    int Space, int Page, PageTableEntry Entry, bool HasArea, bool MayWrite, int Mappings, bool IsExclusive, bool IsAnonymous, ulong? SwapCopy, ulong? Value);
