using CsCheck;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.PageTables;

namespace HmmSim.Protocol.Tests.PageTables;

/// <summary>What an entry means, apart from its encoding: re-encoding it for the frame <c>i</c> further on is the model of <c>Advance</c>.</summary>
public sealed record ModelEntry(Func<ulong, ulong> Encode, ulong Frame, bool NamesFrame, string Name)
{
    public static readonly ModelEntry Empty = new(_ => 0, 0, false, "empty");

    /// <summary>Entries of every kind of the CPU's page table.</summary>
    public static readonly Gen<ModelEntry> GenCpu = Gen.OneOf(
        Gen.Const(Empty),
        Gen.Select(GenFrame(), Gen.Bool, Gen.Bool, Gen.Bool).Select((frame, writable, accessed, dirty) =>
            new ModelEntry(at => PageTableEntry.Present(new PageFrameNumber(at), writable, accessed, dirty).Raw, frame, frame != 0, "present")),
        Gen.Select(GenFrame(), Gen.Bool).Select((frame, writable) =>
            new ModelEntry(at => PageTableEntry.DevicePrivate(new PageFrameNumber(at), writable).Raw, frame, true, "device private")),
        Gen.Select(GenFrame(), Gen.Int[25, 27], Gen.Bool, Gen.Bool).Select((frame, code, accessed, dirty) =>
            new ModelEntry(at => PageTableEntry.Migration((SwapEntryType)code, new PageFrameNumber(at), accessed, dirty).Raw, frame, true, "migration")),
        Gen.Select(GenFrame(), Gen.Int[0, 30]).Select((frame, code) =>
            new ModelEntry(at => PageTableEntry.Swap((SwapEntryType)code, at).Raw, frame, true, $"swap {code}")),
        Gen.Int[0, 7].Select(bits => new ModelEntry(_ => PageTableEntry.Swap(SwapEntryType.PteMarker, (ulong)bits).Raw, 0, false, "marker")));

    /// <summary>Entries of every kind of a device's page table.</summary>
    public static readonly Gen<ModelEntry> GenDevice = Gen.OneOf(
        Gen.Const(Empty),
        Gen.Const(new ModelEntry(_ => (ulong)DeviceEntryKind.Error, 0, false, "error")),
        Gen.Select(GenFrame(), Gen.Int[(int)DeviceEntryKind.LocalRead, (int)DeviceEntryKind.RemoteWrite]).Select((frame, kind) =>
            new ModelEntry(at => new DeviceEntry((DeviceEntryKind)kind, new PageFrameNumber(at)).Raw, frame, true, $"{(DeviceEntryKind)kind}")));

    /// <summary>The raw entry of the page <paramref name="pages"/> further on.</summary>
    public ulong At(int pages) => Encode(Frame + (NamesFrame ? (ulong)pages : 0));

    public override string ToString() => $"{Name} 0x{Frame:x}";

    private static Gen<ulong> GenFrame() => Gen.OneOf(Gen.ULong[0, 3], Gen.ULong[0, (1UL << PageFrameNumber.Bits) - 512]);
}
