using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;

namespace HmmSim.Conformance.Systems;

/// <summary>
/// A CPU memory with devices 0 and 1 that carries out one call at a time. One system serves one script; at its start, address
/// space 0 is there and empty, and no device is open.
/// </summary>
public interface ICallSystem
{
    /// <summary>Number of the target that is no device: the CPU memory.</summary>
    const int CpuMemory = -1;

    /// <summary>Makes a file before the first call that names it: one value for each of its pages of 4 KiB.</summary>
    void MakeFile(FileId file, IReadOnlyList<ulong> pageValues);

    /// <summary>Carries out a call to its end.</summary>
    /// <param name="device">The device whose driver is asked, 0 or 1; <see cref="CpuMemory"/> for the CPU memory.</param>
    /// <param name="call">The call.</param>
    CallResult Perform(int device, Call call);

    /// <summary>
    /// The entry of a page of a live address space in the page table of the CPU, mapped or not. Disturbs nothing.
    /// </summary>
    PageObservation Observe(AddressSpaceId space, VirtualPageNumber page);

    /// <summary>
    /// The byte of permissions that a snapshot through an open mirror would show for a page (<c>HMM_DMIRROR_SNAPSHOT</c>), also
    /// where the whole call would fail. Disturbs nothing.
    /// </summary>
    byte Permission(int device, uint mirror, AddressSpaceId space, VirtualPageNumber page);
}
