using System.Numerics;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Nodes.Workloads;

/// <summary>
/// The immutable description of the accesses of one kernel (or CPU program), from which each warp (or thread) opens its
/// own stream. No warp depends on another: a description has no barriers, so warps drift apart as their faults delay them.
/// </summary>
/// <param name="Name">
/// Name in messages, and part of the seed: equal descriptions with different names draw different numbers.
/// </param>
public abstract record Workload(string Name)
{
    /// <summary>Checks the description.</summary>
    /// <exception cref="WorkloadException">A field is out of range; the message names it and what was expected.</exception>
    public abstract void Validate();

    /// <summary>Opens the share of one warp.</summary>
    /// <param name="warp">The warp, 0 to <paramref name="warps"/> - 1.</param>
    /// <param name="warps">Warps that share the work, at least 1.</param>
    /// <param name="seed">The seed of the whole scenario; each stream derives its own from it.</param>
    /// <exception cref="WorkloadException">The description is invalid, or cannot be executed by so many warps.</exception>
    public AccessStream Open(int warp, int warps, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(warps);
        ArgumentOutOfRangeException.ThrowIfNegative(warp);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(warp, warps);
        Validate();
        return OpenCore(warp, warps, seed);
    }

    /// <summary>Opens the share of one warp of a valid description.</summary>
    protected abstract AccessStream OpenCore(int warp, int warps, ulong seed);

    /// <summary>Share of a count that one warp gets: equal parts, the remainder one each to the first warps.</summary>
    protected static long ShareOf(long count, CountScope scope, int warp, int warps) => scope switch
    {
        CountScope.PerWarp => count,
        CountScope.Total => (count / warps) + (warp < count % warps ? 1 : 0),
    };

    /// <summary>Refuses a number outside its range.</summary>
    protected void RequireRange<T>(string field, T value, T min, T max)
        where T : INumber<T>
    {
        if (value < min || value > max)
        {
            throw new WorkloadException(Name, field, $"expected {min} to {max}, found {value}");
        }
    }

    /// <summary>Refuses an enum value without a meaning.</summary>
    protected void RequireDefined<T>(string field, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new WorkloadException(Name, field, $"expected one of {string.Join(", ", Enum.GetNames<T>())}, found {value}");
        }
    }

    /// <summary>Refuses an empty buffer, and one that leaves the 57-bit address space.</summary>
    protected void RequireBuffer(string field, PageRange buffer)
    {
        const long AddressSpacePages = 1L << VirtualPageNumber.Bits;
        if (buffer.Pages < 1)
        {
            throw new WorkloadException(Name, field, $"expected a buffer of at least 1 page, found {buffer.Pages}");
        }

        if (buffer.Begin.Value >= AddressSpacePages || buffer.Pages > AddressSpacePages - (long)buffer.Begin.Value)
        {
            throw new WorkloadException(
                Name, field, $"expected a buffer inside the 57-bit address space, found {buffer.Pages} pages at {buffer.Begin}");
        }
    }
}
