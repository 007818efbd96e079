using System.Collections.Immutable;
using static HmmSim.Conformance.Traces.ArgumentKind;

namespace HmmSim.Conformance.Traces;

/// <summary>The form of an operation in a trace: its word, its arguments in order, and what it answers.</summary>
/// <param name="Kind">The operation.</param>
/// <param name="Word">The word of the format.</param>
/// <param name="Arguments">What its arguments are.</param>
/// <param name="Shape">What it answers.</param>
public sealed record OperationForm(OperationKind Kind, string Word, ImmutableArray<ArgumentKind> Arguments, ResultShape Shape)
{
    /// <summary>Every operation, in the order of <see cref="OperationKind"/>.</summary>
    public static ImmutableArray<OperationForm> All { get; } =
    [
        new(OperationKind.Map, "mmap", [Process, Window, Page, PageCount, Protections, Mapping], ResultShape.Error),
        new(OperationKind.Unmap, "munmap", [Process, Window, Page, PageCount], ResultShape.Error),
        new(OperationKind.Protect, "mprotect", [Process, Window, Page, PageCount, Protections], ResultShape.Error),
        new(OperationKind.Remap, "mremap", [Process, Window, Page, PageCount, TargetWindow, TargetPage], ResultShape.Error),
        new(OperationKind.Advise, "madv", [Process, Window, Page, PageCount, Advice], ResultShape.Error),
        new(OperationKind.Lock, "mlock", [Process, Window, Page, PageCount], ResultShape.Error),
        new(OperationKind.Unlock, "munlock", [Process, Window, Page, PageCount], ResultShape.Error),
        new(OperationKind.Truncate, "trunc", [Process, Window, Length], ResultShape.Error),
        new(OperationKind.Load, "cr", [Process, Window, Page], ResultShape.LoadedValue),
        new(OperationKind.Store, "cw", [Process, Window, Page, Value], ResultShape.Stored),
        new(OperationKind.CopyFromUser, "kr", [Process, Window, Page], ResultShape.CopiedValue),
        new(OperationKind.CopyToUser, "kw", [Process, Window, Page, Value], ResultShape.Error),
        new(OperationKind.DeviceRead, "dr", [Process, Device, Window, Page, PageCount], ResultShape.CountFaultsAndValues),
        new(OperationKind.DeviceWrite, "dw", [Process, Device, Window, Page, PageCount, Value], ResultShape.CountAndFaults),
        new(OperationKind.MigrateToDevice, "m2d", [Process, Device, Window, Page, PageCount], ResultShape.CountAndValues),
        new(OperationKind.MigrateToSystem, "m2s", [Process, Device, Window, Page, PageCount], ResultShape.Count),
        new(OperationKind.Snapshot, "snap", [Process, Device, Window, Page, PageCount], ResultShape.CountAndPermissions),
        new(OperationKind.MakeExclusive, "excl", [Process, Device, Window, Page, PageCount], ResultShape.CountAndValues),
        new(OperationKind.CheckExclusive, "ckex", [Process, Device, Window, Page, PageCount], ResultShape.Error),
        new(OperationKind.Open, "open", [Process, OwnDevice], ResultShape.Error),
        new(OperationKind.Close, "close", [Process, Device], ResultShape.Error),
        new(OperationKind.Release, "release", [Process, Device], ResultShape.Error),
        new(OperationKind.Fork, "fork", [Process, Child], ResultShape.Error),
        new(OperationKind.Exit, "exit", [Process], ResultShape.Error),
        new(OperationKind.Pin, "pin", [Process, Window, Page, PageCount, Flag], ResultShape.Error),
        new(OperationKind.ReadPins, "pinrd", [Process, Length], ResultShape.Values),
        new(OperationKind.Unpin, "unpin", [Process], ResultShape.Error),
    ];

    /// <summary>The form of an operation.</summary>
    public static OperationForm Of(OperationKind kind) => All[(int)kind];

    /// <summary>The form with this word, or null.</summary>
    public static OperationForm? Find(string word) => All.FirstOrDefault(form => form.Word == word);

    /// <summary>The form in one line, such as <c>cw p b pg val</c>.</summary>
    public override string ToString() => string.Join(' ', Arguments.Select(NameOf).Prepend(Word));

    private static string NameOf(ArgumentKind argument) => argument switch
    {
        Process => "p",
        Child => "q",
        OwnDevice or Device => "d",
        Window => "b",
        Page => "pg",
        PageCount => "n",
        TargetWindow => "b2",
        TargetPage => "pg2",
        Protections => "prot",
        Mapping => "kind",
        Advice => "advice",
        Value => "val",
        Length => "n",
        Flag => "w",
    };
}
