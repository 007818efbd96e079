using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>Far faults: the buffer, the batch, replay.</summary>
public partial class DeviceMemory
{
    private readonly Queue<FaultRecord> _faultBuffer = new();
    private readonly List<VirtualTime> _raisedSinceReplay = [];
    private FaultBatch? _batch;
    private bool _isFetchPending;

    private Verdict DeviceFault(in StepContext context, Message message, EffectBuffer effects)
    {
        if (_faultBuffer.Count == _spec.FaultBufferEntries)
        {
            effects.Note(NoteKind.FaultBufferOverflow, 1);
            return Verdict.Ignored; // lost as in hardware: the warp stays stalled and raises it again after the next replay
        }

        _faultBuffer.Enqueue(new FaultRecord(message.Block, message.Pages.First, message.IsWrite, message.Action, context.Now));
        FetchWhenIdle(effects);
        return Verdict.Handled;
    }

    private void FetchWhenIdle(EffectBuffer effects)
    {
        if (_batch is null && !_isFetchPending && _faultBuffer.Count > 0)
        {
            _isFetchPending = true;
            effects.SetTimer(NewMessage(MessageKind.ServiceBatch, Id, default, default, default), _spec.BatchOverhead);
        }
    }

    private Verdict ServiceBatch(in StepContext context, EffectBuffer effects)
    {
        _isFetchPending = false;
        int count = Math.Min(_faultBuffer.Count, _spec.BatchSize);
        var blocks = new SortedDictionary<BlockKey, BlockFaults>();
        int duplicates = 0;
        for (int i = 0; i < count; i++)
        {
            FaultRecord fault = _faultBuffer.Dequeue();
            effects.Note(NoteKind.QueuePhase, (context.Now - fault.RaisedAt).Picoseconds);
            _raisedSinceReplay.Add(fault.RaisedAt);
            if (!blocks.TryGetValue(fault.Block, out BlockFaults? faults))
            {
                faults = new BlockFaults(fault.Block);
                blocks.Add(fault.Block, faults);
            }

            duplicates += faults.Pages.Contains(fault.Page) ? 1 : 0;
            (fault.IsWrite ? ref faults.Writes : ref faults.Reads).Add(fault.Page);
            if (fault.Action == FaultAction.Map && !_servesCpu)
            {
                faults.ToMap.Add(fault.Page);
            }
        }

        effects.Note(NoteKind.BatchFetched, count);
        if (duplicates > 0)
        {
            effects.Note(NoteKind.DuplicateFaults, duplicates);
        }

        _batch = new FaultBatch([.. blocks.Values]) { LastAnswerAt = context.Now };
        ScheduleBlock(VirtualDuration.Zero, effects);
        return Verdict.Handled;
    }

    private void ScheduleBlock(VirtualDuration delay, EffectBuffer effects) =>
        effects.SetTimer(NewMessage(MessageKind.ServiceBlock, Id, default, default, default), delay);

    private void EndRequest(in StepContext context, EffectBuffer effects)
    {
        _batch!.OpenRequests--;
        _batch.LastAnswerAt = context.Now;
        if (_spec.ReplayPolicy == ReplayPolicy.Block && !_batch.IsDone)
        {
            Replay(context, effects);
        }

        EndBatchWhenDone(context, effects);
    }

    private void EndBatchWhenDone(in StepContext context, EffectBuffer effects)
    {
        if (_batch is not { IsDone: true })
        {
            return;
        }

        effects.Note(NoteKind.FinalizePhase, (context.Now + _spec.ReplayLatency - _batch.LastAnswerAt).Picoseconds);
        _batch = null;
        if (_spec.ReplayPolicy == ReplayPolicy.BatchFlush && _faultBuffer.Count > 0)
        {
            effects.Note(NoteKind.FaultsFlushed, _faultBuffer.Count);
            _faultBuffer.Clear();
        }

        if (_spec.ReplayPolicy != ReplayPolicy.Once || _faultBuffer.Count == 0)
        {
            Replay(context, effects);
        }

        FetchWhenIdle(effects);
    }

    private void Replay(in StepContext context, EffectBuffer effects)
    {
        foreach (VirtualTime raisedAt in _raisedSinceReplay)
        {
            effects.Note(_servesCpu ? NoteKind.CpuFaultTotal : NoteKind.DeviceFaultTotal, (context.Now + _spec.ReplayLatency - raisedAt).Picoseconds);
        }

        _raisedSinceReplay.Clear();
        effects.Replay(_spec.ReplayLatency);
    }
}
