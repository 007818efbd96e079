using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Migration;

namespace HmmSim.Protocol.State;

/// <summary>The transactions of a home as bytes.</summary>
internal static class TransactionState
{
    public static void Migration(this StateWriter writer, MigrationTransaction migration)
    {
        writer.Transaction(migration.Id);
        writer.Block(migration.Block);
        writer.Number((ulong)migration.Cause);
        writer.Memory(migration.Initiator);
        writer.Transaction(migration.Request);
        writer.Memory(migration.Destination);
        writer.Flag(migration.IsRange);
        writer.Number((ulong)migration.Phase);
        writer.Mask(migration.Locked);
        writer.Mask(migration.Touched);
        writer.Mask(migration.Holes);
        writer.Mask(migration.Range);
        writer.Mask(migration.Detached);
        writer.Flag(migration.IsCompound);
        writer.List(migration.Shared, static (writer, shared) =>
        {
            writer.Signed(shared.Page);
            writer.Frame(shared.Frame);
        });
        writer.List(migration.OtherSpaces, static (writer, space) => writer.Space(space));
        writer.List(migration.Sources, static (writer, source) =>
        {
            writer.Memory(source.Memory);
            writer.Mask(source.Pages);
        });
        writer.Frames(migration.Frames);
        writer.Mask(migration.Staged);
        writer.Frames(migration.StagingFrames);
        writer.Frames(migration.SourceFrames);
        writer.Told(migration.Invalidated);
        writer.Signed(migration.Pending);
        writer.List(migration.Waiters, MessageState.Message);
        writer.Time(migration.PhaseBegan);
    }

    public static MigrationTransaction Migration(this StateReader reader)
    {
        MigrationTransaction migration = new()
        {
            Id = reader.Transaction(),
            Block = reader.Block(),
            Cause = (MigrationCause)reader.Number(),
            Initiator = reader.Memory(),
            Request = reader.Transaction(),
            Destination = reader.Memory(),
            IsRange = reader.Flag(),
            Phase = (MigrationPhase)reader.Number(),
            Locked = reader.Mask(),
            Touched = reader.Mask(),
            Holes = reader.Mask(),
            Range = reader.Mask(),
            Detached = reader.Mask(),
            IsCompound = reader.Flag(),
        };
        migration.Shared.AddRange(reader.List(static reader => ((int)reader.Signed(), reader.Frame())));
        migration.OtherSpaces.AddRange(reader.List(static reader => reader.Space()));
        migration.Sources.AddRange(reader.List(static reader => (reader.Memory(), reader.Mask())));
        migration.Frames = reader.Frames();
        migration.Staged = reader.Mask();
        migration.StagingFrames = reader.Frames();
        migration.SourceFrames = reader.Frames();
        migration.Invalidated.AddRange(reader.List(static reader => reader.Invalidation()));
        migration.Pending = (int)reader.Signed();
        migration.Waiters.AddRange(reader.List(MessageState.Message));
        migration.PhaseBegan = reader.Time();
        return migration;
    }

    public static void Fault(this StateWriter writer, FaultTransaction fault)
    {
        writer.Transaction(fault.Id);
        writer.Address(fault.Address);
        writer.Number((ulong)fault.Work);
        writer.Flag(fault.IsStore);
        writer.Frame(fault.Source);
        writer.Frame(fault.Target);
        writer.Told(fault.Invalidated);
        writer.Signed(fault.Pending);
        writer.Flag(fault.IsCopying);
        writer.List(fault.Waiters, MessageState.Message);
    }

    public static FaultTransaction Fault(this StateReader reader)
    {
        FaultTransaction fault = new()
        {
            Id = reader.Transaction(),
            Address = reader.Address(),
            Work = (FaultWork)reader.Number(),
            IsStore = reader.Flag(),
            Source = reader.Frame(),
            Target = reader.Frame(),
        };
        fault.Invalidated.AddRange(reader.List(static reader => reader.Invalidation()));
        fault.Pending = (int)reader.Signed();
        fault.IsCopying = reader.Flag();
        fault.Waiters.AddRange(reader.List(MessageState.Message));
        return fault;
    }

    public static void CallInWork(this StateWriter writer, CallTransaction call)
    {
        writer.Transaction(call.Id);
        writer.Message(call.Request);
        writer.Message(call.Continuation);
        writer.Flag(call.WantsWriteLock);
        writer.Flag(call.WriteLocked is not null);
        if (call.WriteLocked is { } locked)
        {
            writer.Space(locked);
        }

        writer.Signed(call.Stage);
        writer.Page(call.Cursor);
        writer.Page(call.PieceEnd);
        writer.Page(call.FaultCursor);
        writer.Page(call.FaultEnd);
        writer.Flag(call.IsInvalidating);
        writer.Told(call.Invalidated);
        writer.Signed(call.Pending);
        writer.Number((ulong)call.Error);
        writer.ValueList(call.Values);
        writer.Flag(call.RemoteValue is not null);
        writer.Value(call.RemoteValue ?? 0);
    }

    public static CallTransaction CallInWork(this StateReader reader)
    {
        CallTransaction call = new()
        {
            Id = reader.Transaction(),
            Request = reader.Message(),
            Continuation = reader.Message(),
            WantsWriteLock = reader.Flag(),
            WriteLocked = reader.Flag() ? reader.Space() : null,
            Stage = (int)reader.Signed(),
            Cursor = reader.Page(),
            PieceEnd = reader.Page(),
            FaultCursor = reader.Page(),
            FaultEnd = reader.Page(),
            IsInvalidating = reader.Flag(),
        };
        call.Invalidated.AddRange(reader.List(static reader => reader.Invalidation()));
        call.Pending = (int)reader.Signed();
        call.Error = (Errno)reader.Number();
        call.Values.AddRange(reader.ValueList());
        bool hasRemoteValue = reader.Flag();
        ulong remoteValue = reader.Value();
        call.RemoteValue = hasRemoteValue ? remoteValue : null;
        return call;
    }
}
