using System.Security.Cryptography;
using Akka.Actor;
using Google.Protobuf;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Wire;

namespace HmmSim.Nodes.Cluster.Members;

/// <summary>A member's part of one cut, compressed, until the submitter has fetched it. It stays in this process.</summary>
/// <param name="Identity">Of which attempt.</param>
/// <param name="Cut">Counts the cuts of the attempt, from 1.</param>
/// <param name="Content">The bytes of the part.</param>
/// <param name="Facts">What the submitter is told of it.</param>
internal sealed record MemberPart(RunIdentity Identity, int Cut, ReadOnlyMemory<byte> Content, PartFacts Facts) : INoSerializationVerificationNeeded
{
    /// <summary>Pieces of this size travel best.</summary>
    private const int PieceBytes = 48 << 10;

    /// <summary>Compresses a cut.</summary>
    public static MemberPart Of(RunIdentity identity, int number, RunCut cut, TimeSpan pause)
    {
        using MemoryStream stream = new();
        PartFile.Write(stream, cut);
        ReadOnlyMemory<byte> content = stream.GetBuffer().AsMemory(0, (int)stream.Length);
        PartFacts facts = new()
        {
            Bytes = content.Length,
            Digest = Convert.ToHexStringLower(SHA256.HashData(content.Span)),
            EarliestPicoseconds = cut.Earliest.Picoseconds,
            LastStepPicoseconds = cut.LastStep.Picoseconds,
            PauseMicroseconds = (long)pause.TotalMicroseconds,
        };
        facts.Nodes.Add(cut.Nodes);
        return new MemberPart(identity, number, content, facts);
    }

    /// <summary>The piece from an offset on.</summary>
    public PartPiece Piece(int self, long offset)
    {
        int at = (int)Math.Clamp(offset, 0, Content.Length);
        ReadOnlySpan<byte> piece = Content.Span[at..];
        return new PartPiece
        {
            Run = Identity.Run,
            Attempt = Identity.Attempt,
            Self = self,
            Cut = Cut,
            Offset = at,
            Content = ByteString.CopyFrom(piece[..Math.Min(PieceBytes, piece.Length)]),
            Facts = at == 0 ? Facts : null,
        };
    }
}
