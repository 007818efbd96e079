using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Policies;

namespace HmmSim.Protocol.State;

/// <summary>Messages and calls as bytes: those under way, and those that wait in a machine.</summary>
public static class MessageState
{
    /// <summary>Writes every field of a message, and its stamp unless only reports need it.</summary>
    public static void Message(this StateWriter writer, Message message)
    {
        writer.Number((ulong)message.Kind);
        writer.Memory(message.From);
        writer.Memory(message.To);
        writer.Block(message.Block);
        writer.Mask(message.Pages);
        writer.Mask(message.Subset);
        writer.Frames(message.Frames);
        writer.Frames(message.TargetFrames);
        writer.Transaction(message.Transaction);
        writer.Number((ulong)message.Cause);
        writer.Memory(message.Destination);
        writer.Thread(message.Thread);
        writer.Flag(message.IsWrite);
        writer.Number((ulong)message.Action);
        writer.Signed(message.AccessBytes);
        writer.Value(message.Value);
        writer.Flag(message.IsAtomicAdd);
        writer.Flag(message.IsRange);
        writer.Flag(message.AllocationFails);
        writer.Signed(message.CoveredPages);
        writer.Number((ulong)message.Error);
        writer.Optional(message.Call, WriteCall);
        writer.Optional(message.Result, WriteResult);
        writer.Flag(!message.Values.IsNone);
        if (!message.Values.IsNone)
        {
            writer.Words(message.Values);
        }

        writer.Time(message.ActsAt);
        if (!writer.BehaviourOnly)
        {
            writer.Number(message.Source);
            writer.Number(message.Sequence);
        }
    }

    /// <summary>Reads a message.</summary>
    public static Message Message(this StateReader reader)
    {
        MessageKind kind;
        TransactionId transaction;
        Message message = new()
        {
            Kind = kind = (MessageKind)reader.Number(),
            From = reader.Memory(),
            To = reader.Memory(),
            Block = reader.Block(),
            Pages = reader.Mask(),
            Subset = reader.Mask(),
            Frames = reader.Frames(),
            TargetFrames = reader.Frames(),
            Transaction = transaction = reader.Transaction(),
            Cause = (MigrationCause)reader.Number(),
            Destination = reader.Memory(),
            Thread = NamesThread(kind, transaction) ? reader.Thread() : (int)reader.Signed(),
            IsWrite = reader.Flag(),
            Action = (FaultAction)reader.Number(),
            AccessBytes = (int)reader.Signed(),
            Value = reader.Value(),
            IsAtomicAdd = reader.Flag(),
            IsRange = reader.Flag(),
            AllocationFails = reader.Flag(),
            CoveredPages = (int)reader.Signed(),
            Error = (Errno)reader.Number(),
            Call = reader.Optional(ReadCall),
            Result = reader.Optional(ReadResult),
            Values = reader.Flag() ? reader.BlockValues() : default,
            ActsAt = reader.Time(),
        };
        if (!reader.BehaviourOnly)
        {
            message.Source = (uint)reader.Number();
            message.Sequence = reader.Number();
        }

        return message;
    }

    /// <summary>Whether the message is a thread's, or an answer to one; what belongs to a transaction names none.</summary>
    private static bool NamesThread(MessageKind kind, TransactionId transaction) => transaction.IsNone && kind is MessageKind.Call or MessageKind.CallDone
        or MessageKind.CpuFault or MessageKind.DeviceFault or MessageKind.RemoteAccess or MessageKind.RemoteAccessReply;

    private static void WriteCall(StateWriter writer, Call call)
    {
        writer.Number((ulong)call.Kind);
        writer.Space(call.Space);
        writer.Page(call.Begin);
        writer.Signed(call.PageCount);
        writer.Number((ulong)call.Protections);
        writer.Number((ulong)call.Backing);
        writer.Signed(call.File.Value);
        writer.Memory(call.Memory);
        writer.Signed(call.FileOffsetPages);
        writer.Number((ulong)call.Advice);
        writer.Page(call.Target);
        writer.Flag(call.KeepsSource);
        writer.Space(call.Child);
        writer.Value(call.Value);
        writer.Optional(call.PageValues, static (writer, values) => writer.ValueList(values));
        writer.Flag(call.IsWrite);
        writer.Mirror(call.Mirror);
        writer.Optional(call.Reclaimed, static (writer, pages) => writer.List([.. pages.Order()], static (writer, page) => writer.Signed(page)));
    }

    private static Call ReadCall(StateReader reader) => ReadCall(reader, (CallKind)reader.Number());

    private static Call ReadCall(StateReader reader, CallKind kind) => new()
    {
        Kind = kind,
        Space = reader.Space(),
        Begin = reader.Page(),
        PageCount = reader.Signed(),
        Protections = (Protections)reader.Number(),
        Backing = (AreaBacking)reader.Number(),
        File = new FileId((int)reader.Signed()),
        Memory = reader.Memory(),
        FileOffsetPages = reader.Signed(),
        Advice = (Advice)reader.Number(),
        Target = reader.Page(),
        KeepsSource = reader.Flag(),
        Child = reader.Space(),
        Value = kind == CallKind.SetFlags ? reader.Number() : reader.Value(),
        PageValues = reader.Optional(ProtocolState.ValueList),
        IsWrite = reader.Flag(),
        Mirror = reader.Mirror(),
        Reclaimed = reader.Optional(static reader => reader.List(static reader => reader.Signed()).ToHashSet()),
    };

    private static void WriteResult(StateWriter writer, CallResult result)
    {
        writer.Number((ulong)result.Error);
        writer.Number((ulong)result.Signal);
        writer.Signed(result.PageCount);
        writer.Signed(result.FaultCount);
        writer.Optional(result.Values, static (writer, values) => writer.ValueList(values));
        writer.Optional(result.Permissions, static (writer, bytes) => writer.List(bytes, static (writer, value) => writer.Number(value)));
    }

    private static CallResult ReadResult(StateReader reader) => new()
    {
        Error = (Errno)reader.Number(),
        Signal = (FaultSignal)reader.Number(),
        PageCount = (int)reader.Signed(),
        FaultCount = (int)reader.Signed(),
        Values = reader.Optional(ProtocolState.ValueList),
        Permissions = reader.Optional(static reader => reader.List(static reader => (byte)reader.Number())),
    };
}
