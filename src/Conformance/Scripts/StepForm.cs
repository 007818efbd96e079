using System.Collections.Immutable;
using HmmSim.Protocol.Calls;

namespace HmmSim.Conformance.Scripts;

/// <summary>The form of a step: its word and the keys it has beside <c>process</c>, <c>only</c> and <c>expect</c>.</summary>
/// <param name="Word">The word.</param>
/// <param name="Kind">The call.</param>
/// <param name="Keys">Its keys.</param>
internal sealed record StepForm(string Word, CallKind Kind, ImmutableArray<string> Keys)
{
    public const string Repeat = "repeat";

    public static ImmutableArray<StepForm> All { get; } =
    [
        new("map", CallKind.Map, ["buffer", "pages", "protection", "backing", "file"]),
        new("unmap", CallKind.Unmap, ["buffer", "pages"]),
        new("protect", CallKind.Protect, ["buffer", "pages", "protection"]),
        new("remap", CallKind.Remap, ["buffer", "pages", "to", "to_page", "keep_source"]),
        new("advise", CallKind.Advise, ["buffer", "pages", "advice"]),
        new("lock", CallKind.Lock, ["buffer", "pages"]),
        new("unlock", CallKind.Unlock, ["buffer", "pages"]),
        new("truncate", CallKind.Truncate, ["file", "length"]),
        new("load", CallKind.Load, ["buffer", "pages"]),
        new("store", CallKind.Store, ["buffer", "pages", "value", "values"]),
        new("copy_from_user", CallKind.CopyFromUser, ["buffer", "pages"]),
        new("copy_to_user", CallKind.CopyToUser, ["buffer", "pages", "value", "values"]),
        new("fork", CallKind.Fork, ["child"]),
        new("exit", CallKind.Exit, []),
        new("pin", CallKind.Pin, ["buffer", "pages", "write"]),
        new("read_pins", CallKind.ReadPins, ["length"]),
        new("unpin", CallKind.Unpin, []),
        new("open", CallKind.Open, ["device"]),
        new("close", CallKind.Close, ["device", "inherited"]),
        new("device_read", CallKind.DeviceRead, ["device", "inherited", "buffer", "pages"]),
        new("device_write", CallKind.DeviceWrite, ["device", "inherited", "buffer", "pages", "value", "values"]),
        new("migrate_to_device", CallKind.MigrateToDevice, ["device", "inherited", "buffer", "pages"]),
        new("migrate_to_system", CallKind.MigrateToSystem, ["device", "inherited", "buffer", "pages"]),
        new("snapshot", CallKind.Snapshot, ["device", "inherited", "buffer", "pages"]),
        new("make_exclusive", CallKind.MakeExclusive, ["device", "inherited", "buffer", "pages"]),
        new("check_exclusive", CallKind.CheckExclusive, ["device", "inherited", "buffer", "pages"]),
        new("release", CallKind.Release, ["device", "inherited"]),
        new("set_flags", CallKind.SetFlags, ["device", "inherited", "flags"]),
        new(Repeat, CallKind.None, ["times", "steps"]),
    ];

    public bool Has(string key) => Keys.Contains(key);
}
