using HmmSim.Explorer.Models;

namespace HmmSim.Races.Properties;

/// <summary>
/// The checked properties, by their position: the invariants I1 to I14 that follow from the kernel's rules and from its historic bugs, and
/// what every protocol has to keep.
/// </summary>
/// <remarks>
/// Where two properties forbid the same thing, the more special one is reported. I9 (progress) is the response property of the model and,
/// where nothing moves at all, deadlock freedom.
/// </remarks>
public static class RaceProperties
{
    /// <summary>Every message meets a handler for the state it arrives in.</summary>
    public const int NoUnhandledMessage = 0;

    /// <summary>I1: no two places hold a page for writing at one time, and nobody reaches a page while its contents move.</summary>
    public const int SingleLocation = 1;

    /// <summary>I2: no processor maps a frame that is not the page's any more.</summary>
    public const int NoStaleMapping = 2;

    /// <summary>I3: who only waits for a page holds no reference to it.</summary>
    public const int WaitersHoldNothing = 3;

    /// <summary>I4: references are mappings, pins, caches and transactions; a frame is free exactly when there are none.</summary>
    public const int References = 4;

    /// <summary>I5: accesses to a page look as if each took effect at one instant.</summary>
    public const int LastWriteWins = 5;

    /// <summary>
    /// I6: nobody may write a page that is shared, or that its area does not let be written; and a migration remembers who may.
    /// </summary>
    public const int WritePermission = 6;

    /// <summary>I7: a page whose entry is clean is what its swap slot says, and a page that moves is as dirty as its entry was.</summary>
    public const int DirtyIsKept = 7;

    /// <summary>I8: at rest no lock, lease, request or invalidation is left.</summary>
    public const int LocksReleased = 8;

    /// <summary>I9: nobody waits while nothing is under way.</summary>
    public const int Progress = 9;

    /// <summary>I10: a page made for a hole does not replace what came into the hole meanwhile.</summary>
    public const int HoleStillEmpty = 10;

    /// <summary>I11: a device maps private frames of no other owner.</summary>
    public const int OwnFramesOnly = 11;

    /// <summary>I12: a device that was closed holds no page, and nobody maps a page of it.</summary>
    public const int RemovedHoldsNothing = 12;

    /// <summary>I13: what was asked for before an unmap maps nothing after it.</summary>
    public const int NothingAfterUnmap = 13;

    /// <summary>I14: a migration is finalized only when the contents are there.</summary>
    public const int CopiedBeforeFinalize = 14;

    /// <summary>An operation ends as its state permits: no error without a reason, no page left behind that nobody else holds.</summary>
    public const int HonestAnswers = 15;

    /// <summary>Names by position.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        ModelProperty.NoUnhandledMessage,
        "I1 single location",
        "I2 no stale mapping",
        "I3 waiters hold nothing",
        "I4 references",
        "I5 last write wins",
        "I6 write permission",
        "I7 dirty is kept",
        "I8 locks released",
        "I9 progress",
        "I10 hole still empty",
        "I11 own frames only",
        "I12 removed holds nothing",
        "I13 nothing after unmap",
        "I14 copied before finalize",
        "honest answers",
    ];
}
