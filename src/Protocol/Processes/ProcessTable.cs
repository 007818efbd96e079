using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Files;

namespace HmmSim.Protocol.Processes;

/// <summary>
/// The processes of one host, as far as memory is concerned: which slots are taken, which address space each process has, which
/// handles of devices and which files it holds. Plain bookkeeping: it performs nothing, it says what is to be performed.
/// </summary>
/// <remarks>
/// Numbers of address spaces, mirrors and files are never used twice, also when a slot is. <c>fork</c> copies every descriptor,
/// so a handle stays open as long as any descendant lives that was forked after the open. By name a process reaches only what it
/// has opened itself and what its parent had opened itself.
/// </remarks>
public sealed class ProcessTable
{
    private readonly Process?[] _processes;
    private readonly int _devices;
    private readonly int _windows;
    private ushort _spaces;
    private uint _mirrors;
    private int _files;

    /// <summary>A table with one process, in slot 0, that holds nothing.</summary>
    /// <param name="slots">Processes at one time, at least 1.</param>
    /// <param name="devices">Devices of the host.</param>
    /// <param name="windows">Windows of addresses that can have a file.</param>
    public ProcessTable(int slots, int devices, int windows)
    {
        _processes = new Process?[slots];
        _devices = devices;
        _windows = windows;
        _processes[0] = NewProcess();
    }

    /// <summary>Processes at one time.</summary>
    public int Slots => _processes.Length;

    /// <summary>True if a process runs in the slot.</summary>
    public bool IsAlive(int slot) => _processes[slot] is not null;

    /// <summary>The address space that the next fork will give to the child.</summary>
    public AddressSpaceId NextSpace => new(_spaces);

    /// <summary>The address space of the process in the slot.</summary>
    /// <exception cref="InvalidOperationException">No process runs there.</exception>
    public AddressSpaceId SpaceOf(int slot) => Get(slot).Space;

    /// <summary>The handle of a device that the process has opened itself, or null.</summary>
    public DeviceHandle? OwnHandle(int slot, int device) => Get(slot).Own[device];

    /// <summary>The handle that the parent had opened itself when it forked this process, or null.</summary>
    public DeviceHandle? InheritedHandle(int slot, int device) => Get(slot).Inherited[device];

    /// <summary>Starts a process in a free slot: memory, descriptors and files are those of the parent.</summary>
    /// <returns>The fresh address space of the child.</returns>
    /// <exception cref="InvalidOperationException">No process runs in the slot of the parent, or one runs in that of the
    /// child.</exception>
    public AddressSpaceId Fork(int parent, int child)
    {
        Process from = Get(parent);
        if (IsAlive(child))
        {
            throw new InvalidOperationException($"slot {child} has a process");
        }

        Process to = NewProcess();
        from.Own.CopyTo(to.Inherited, 0);
        to.Unnamed.AddRange(from.Unnamed.Concat(from.Inherited.OfType<DeviceHandle>()));
        from.Files.CopyTo(to.Files, 0);
        foreach (DeviceHandle handle in to.Handles)
        {
            handle.ReferenceCount++;
        }

        _processes[child] = to;
        return to.Space;
    }

    /// <summary>Ends a process and closes its descriptors.</summary>
    /// <returns>The handles that nobody holds any more, in order of opening: to be closed after the address space is torn
    /// down.</returns>
    /// <exception cref="InvalidOperationException">No process runs there.</exception>
    public IReadOnlyList<DeviceHandle> Exit(int slot)
    {
        Process process = Get(slot);
        _processes[slot] = null;
        return [.. process.Handles.Where(Release)];
    }

    /// <summary>Opens a device.</summary>
    /// <exception cref="InvalidOperationException">No process runs there, or it has the device open.</exception>
    public DeviceHandle Open(int slot, int device)
    {
        Process process = Get(slot);
        if (process.Own[device] is not null)
        {
            throw new InvalidOperationException($"the process in slot {slot} has device {device} open");
        }

        DeviceHandle handle = new() { Mirror = ++_mirrors, Device = device, Space = process.Space, ReferenceCount = 1 };
        process.Own[device] = handle;
        return handle;
    }

    /// <summary>Closes a descriptor of the process: of its own handle, or of the inherited one.</summary>
    /// <returns>The handle if this was its last descriptor, else null.</returns>
    /// <exception cref="InvalidOperationException">No process runs there, or it has no such descriptor.</exception>
    public DeviceHandle? Close(int slot, int device, bool isInherited)
    {
        Process process = Get(slot);
        DeviceHandle?[] descriptors = isInherited ? process.Inherited : process.Own;
        DeviceHandle handle = descriptors[device]
            ?? throw new InvalidOperationException($"the process in slot {slot} has no such handle of device {device}");
        descriptors[device] = null;
        return Release(handle) ? handle : null;
    }

    /// <summary>The file of a window, as this process sees it; null if it has none.</summary>
    public WindowFile? FileOf(int slot, int window) => Get(slot).Files[window];

    /// <summary>Makes the file of a window for this process; children forked later share it.</summary>
    /// <param name="slot">The process.</param>
    /// <param name="window">The window.</param>
    /// <param name="pageCount">Its length in pages of 4 KiB.</param>
    /// <exception cref="InvalidOperationException">No process runs there, or it has a file of this window.</exception>
    public WindowFile MakeFile(int slot, int window, long pageCount)
    {
        Process process = Get(slot);
        if (process.Files[window] is not null)
        {
            throw new InvalidOperationException($"the process in slot {slot} has a file of window {window}");
        }

        WindowFile file = new(MakeUnnamedFile(), window, pageCount);
        process.Files[window] = file;
        return file;
    }

    /// <summary>A number for the unnamed file behind a new mapping of shared anonymous memory.</summary>
    public FileId MakeUnnamedFile() => new(++_files);

    private static bool Release(DeviceHandle handle) => --handle.ReferenceCount == 0;

    private Process NewProcess() => new(new AddressSpaceId(_spaces++), _devices, _windows);

    private Process Get(int slot) => _processes[slot] ?? throw new InvalidOperationException($"slot {slot} has no process");
}
