using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.State;

namespace HmmSim.Protocol.Swap;

/// <summary>
/// The swap device with its slots and the swap cache: pages of swapped memory that are in RAM too (<c>mm/swapfile.c</c>,
/// <c>mm/swap_state.c</c>). The device is synchronous, as a RAM disk is: a page whose slot has one user is read past the cache.
/// </summary>
public sealed class SwapArea
{
    private readonly List<Slot> _slots = [];
    private readonly SortedSet<int> _free = [];

    /// <summary>Slots in use.</summary>
    public int UsedCount => _slots.Count - _free.Count;

    /// <summary>Takes the lowest free slot for one entry.</summary>
    public int Allocate(ulong value)
    {
        int slot = _free.Count > 0 ? _free.Min : _slots.Count;
        if (!_free.Remove(slot))
        {
            _slots.Add(default);
        }

        _slots[slot] = new Slot(value, 1, null);
        return slot;
    }

    /// <summary>The value stored in a slot.</summary>
    public ulong ValueOf(int slot) => _slots[slot].Value;

    /// <summary>Entries that name the slot.</summary>
    public int UsersOf(int slot) => _slots[slot].Users;

    /// <summary>The frame of the swap cache that holds the slot's page, or null.</summary>
    public PageFrameNumber? CachedFrameOf(int slot) => _slots[slot].CachedFrame;

    /// <summary>One more entry names the slot (<c>swap_duplicate</c>).</summary>
    public void AddUser(int slot) => _slots[slot] = _slots[slot] with { Users = _slots[slot].Users + 1 };

    /// <summary>One entry less names the slot; without entries and without cache it is free.</summary>
    public void RemoveUser(int slot)
    {
        _slots[slot] = _slots[slot] with { Users = _slots[slot].Users - 1 };
        FreeIfUnused(slot);
    }

    /// <summary>A page of the slot is in RAM (<c>add_to_swap_cache</c>).</summary>
    public void EnterCache(int slot, PageFrameNumber frame) => _slots[slot] = _slots[slot] with { CachedFrame = frame };

    /// <summary>The page in RAM is no copy of the slot any more (<c>folio_free_swap</c>).</summary>
    public void LeaveCache(int slot)
    {
        _slots[slot] = _slots[slot] with { CachedFrame = null };
        FreeIfUnused(slot);
    }

    /// <summary>A page is written back to the slot it has in the cache already.</summary>
    public void Write(int slot, ulong value) => _slots[slot] = _slots[slot] with { Value = value };

    /// <summary>Writes the state.</summary>
    public void Save(StateWriter writer) => writer.List(_slots, static (writer, slot) =>
    {
        writer.Value(slot.Value);
        writer.Signed(slot.Users);
        writer.OptionalFrame(slot.CachedFrame);
    });

    /// <summary>Takes on a state; what was here is forgotten.</summary>
    /// <exception cref="InvalidStateException">The bytes are no such state.</exception>
    public void Load(StateReader reader)
    {
        _slots.Clear();
        _free.Clear();
        _slots.AddRange(reader.List(static reader => new Slot(
            reader.Value(), (int)reader.Signed(), reader.OptionalFrame())));
        for (int slot = 0; slot < _slots.Count; slot++)
        {
            FreeIfUnused(slot);
        }
    }

    private void FreeIfUnused(int slot)
    {
        if (_slots[slot] is { Users: 0, CachedFrame: null })
        {
            _free.Add(slot);
        }
    }

    private readonly record struct Slot(ulong Value, int Users, PageFrameNumber? CachedFrame);
}
