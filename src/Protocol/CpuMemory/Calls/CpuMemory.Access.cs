using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol;

/// <summary>Single loads and stores: by a process, by the kernel for it, and by devices that have RAM mapped.</summary>
public partial class CpuMemory
{
    private const int RemoteAccessBytes = 64; // a cache line

    private CallResult? Access(in StepContext context, CallTransaction call, AddressSpace space, Call request, EffectBuffer effects)
    {
        bool isStore = request.Kind is CallKind.Store or CallKind.CopyToUser;
        if (call.RemoteValue is { } remote)
        {
            return Accessed(isStore, remote);
        }

        if (space.Areas.Find(request.Begin) is not { } area)
        {
            return Refused(request, FaultSignal.MapError);
        }

        if (isStore ? !area.IsWritable : area.Protections == Protections.None)
        {
            return Refused(request, FaultSignal.AccessError);
        }

        switch (HandleFault(context, space, request.Begin, isStore ? FaultKind.Store : FaultKind.Load, call.Continuation, effects))
        {
            case FaultOutcome.Waits:
                return null;
            case FaultOutcome.BusError:
                return Refused(request, FaultSignal.BusError);
            default:
                PageFrameNumber frame = new PageTableEntry(space.Table[request.Begin]).Frame;
                if (frame != PageFrameNumber.ZeroPage && !Ram.Owns(frame))
                {
                    AccessAtOwner(call, request, frame, isStore, effects);
                    return null;
                }

                return Accessed(isStore, frame == PageFrameNumber.ZeroPage ? 0 : AccessRam(frame, isStore, false, request.Value));
        }
    }

    private static CallResult Accessed(bool isStore, ulong value) => isStore ? CallResult.Success : new CallResult { Values = [value] };

    /// <summary>A process gets a signal; a copy by the kernel ends with an error.</summary>
    private static CallResult Refused(Call request, FaultSignal signal) =>
        request.Kind is CallKind.Load or CallKind.Store ? CallResult.Signalled(signal) : CallResult.Failed(Errno.EFAULT);

    private ulong AccessRam(PageFrameNumber frame, bool isStore, bool isAdd, ulong value)
    {
        if (!isStore)
        {
            return Ram.ReadValue(frame);
        }

        value += isAdd ? Ram.ReadValue(frame) : 0;
        Ram.WriteValue(frame, value);
        return value;
    }

    /// <summary>Memory of a device that the CPU addresses: the access goes over the link.</summary>
    private void AccessAtOwner(CallTransaction call, Call request, PageFrameNumber frame, bool isStore, EffectBuffer effects) =>
        effects.Send(new Message
        {
            Kind = MessageKind.RemoteAccess,
            From = Id,
            To = OwnerOf(frame),
            Block = new BlockKey(request.Space, request.Begin.Block),
            Pages = PageMask.Of(request.Begin.IndexInBlock),
            Frames = new PageFrames(frame + -request.Begin.IndexInBlock),
            Transaction = call.Id,
            IsWrite = isStore,
            Value = request.Value,
            AccessBytes = isStore ? RemoteAccessBytes : 0,
        });

    private Verdict RemoteAccessReply(in StepContext context, Message message, EffectBuffer effects)
    {
        if (!_calls.TryGetValue(message.Transaction, out CallTransaction? call))
        {
            effects.Wake(message.Thread, Time.VirtualDuration.Zero, message.Value);
            return Verdict.Handled;
        }

        call.RemoteValue = message.Value;
        return RunCall(context, call, effects);
    }

    /// <summary>
    /// An access to a frame that its sender has mapped. The mapping is dropped before the frame is given away, and the
    /// acknowledgement comes after the access on the same channel; so the frame is still whole.
    /// </summary>
    private Verdict RemoteAccess(Message message, EffectBuffer effects)
    {
        PageFrameNumber frame = message.Frames[message.Pages.First];
        if (frame != PageFrameNumber.ZeroPage && !Ram.Owns(frame))
        {
            effects.Send(ForwardedTo(OwnerOf(frame), message));
            return Verdict.Handled;
        }

        if (frame == PageFrameNumber.ZeroPage ? message.IsWrite : !Ram.Owns(frame) || Ram.References(frame) == 0)
        {
            throw Impossible($"{frame} is not in use", message);
        }

        effects.Send(new Message
        {
            Kind = MessageKind.RemoteAccessReply,
            From = Id,
            To = message.From,
            Block = message.Block,
            Pages = message.Pages,
            Thread = message.Thread,
            Transaction = message.Transaction,
            IsWrite = message.IsWrite,
            AccessBytes = message.IsWrite ? 0 : message.AccessBytes,
            Value = frame == PageFrameNumber.ZeroPage ? 0 : AccessRam(frame, message.IsWrite, message.IsAtomicAdd, message.Value),
        });
        return Verdict.Handled;
    }

    /// <summary>
    /// An access to coherent memory of a peer goes by way of the home: so it comes to the owner before whatever the home asks of it after
    /// the mapping's end was acknowledged.
    /// </summary>
    private static Message ForwardedTo(MemoryId owner, Message message) => new()
    {
        Kind = MessageKind.RemoteAccess,
        From = message.From,
        To = owner,
        Block = message.Block,
        Pages = message.Pages,
        Frames = message.Frames,
        Thread = message.Thread,
        Transaction = message.Transaction,
        IsWrite = message.IsWrite,
        IsAtomicAdd = message.IsAtomicAdd,
        AccessBytes = message.AccessBytes,
        Value = message.Value,
    };
}
