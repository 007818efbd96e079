namespace HmmSim.Protocol.Addresses;

/// <summary>
/// A <see cref="PageMask"/> in 16 bytes instead of 64 as long as it has at most one page, as most masks of messages do; what has more lies in
/// an object beside it.
/// </summary>
internal readonly struct CompactMask
{
    private static readonly Box AllPages = new(PageMask.All);

    private readonly Box? _many;
    private readonly short _afterOnly; // the only page plus 1, or 0

    public CompactMask(in PageMask mask)
    {
        int first = mask.First;
        if (first == VirtualBlockNumber.Pages)
        {
            return;
        }

        if (mask.NextAtOrAfter(first + 1) == VirtualBlockNumber.Pages)
        {
            _afterOnly = (short)(first + 1);
            return;
        }

        _many = mask == PageMask.All ? AllPages : new Box(mask);
    }

    /// <summary>The mask.</summary>
    public PageMask Mask => _many is not null ? _many.Mask : _afterOnly > 0 ? PageMask.Of(_afterOnly - 1) : default;

    private sealed class Box(PageMask mask)
    {
        public readonly PageMask Mask = mask;
    }
}
