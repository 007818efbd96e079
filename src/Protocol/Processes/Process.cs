using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Processes;

/// <summary>A process that runs: its address space, its descriptors of devices, and its files.</summary>
internal sealed class Process(AddressSpaceId space, int devices, int windows)
{
    public AddressSpaceId Space { get; } = space;

    /// <summary>By device: the handle this process has opened itself.</summary>
    public DeviceHandle?[] Own { get; } = new DeviceHandle?[devices];

    /// <summary>By device: the handle that the parent had opened itself when this process was forked.</summary>
    public DeviceHandle?[] Inherited { get; } = new DeviceHandle?[devices];

    /// <summary>
    /// Handles of older ancestors: no operation can name them, but their descriptors were copied by <c>fork</c> and hold them
    /// open.
    /// </summary>
    public List<DeviceHandle> Unnamed { get; } = [];

    /// <summary>By window: the file it has descriptors of.</summary>
    public WindowFile?[] Files { get; } = new WindowFile?[windows];

    /// <summary>Every handle a descriptor names, each as often as it is named, in order of opening.</summary>
    public IEnumerable<DeviceHandle> Handles =>
        Unnamed.Concat(Inherited.OfType<DeviceHandle>()).Concat(Own.OfType<DeviceHandle>()).OrderBy(handle => handle.Mirror);
}
