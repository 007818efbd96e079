namespace HmmSim.Nodes.Lanes;

// What a checkpoint asks of a heap.
public sealed partial class EventHeap
{
    /// <summary>All pending events, in no order.</summary>
    public IEnumerable<PendingEvent> Pending()
    {
        CloseHole();
        for (int index = 0; index < _count; index++)
        {
            yield return _slots[_nodes[index].Slot];
        }
    }
}
