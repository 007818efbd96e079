using HmmSim.Protocol.Migration;

namespace HmmSim.Protocol.Steps;

/// <summary>The detail of a <see cref="NoteKind.PagesMigrated"/> note, packed into a byte: cause and direction.</summary>
/// <param name="Cause">Why they moved.</param>
/// <param name="Direction">Between which kinds of memory.</param>
public readonly record struct MigrationNote(MigrationCause Cause, MigrationDirection Direction)
{
    private const int CauseShift = 4;

    /// <summary>Unpacks a detail.</summary>
    public static MigrationNote Unpack(byte detail) => new((MigrationCause)(detail >> CauseShift), (MigrationDirection)(detail & ((1 << CauseShift) - 1)));

    /// <summary>Packs into a detail.</summary>
    public byte Pack() => (byte)(((byte)Cause << CauseShift) | (byte)Direction);
}
