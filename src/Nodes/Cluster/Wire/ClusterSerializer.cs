using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;

namespace HmmSim.Nodes.Cluster.Wire;

/// <summary>
/// Puts our messages on the wire as protobuf, each under a manifest of two letters. Nothing else of ours may travel: types that
/// are not in this list are refused (<c>allow-unregistered-types = false</c>).
/// </summary>
internal sealed class ClusterSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Number of this serializer in the cluster; up to 40 are Akka's.</summary>
    public const int Number = 20_011;

    private static readonly Dictionary<string, MessageParser> Parsers = new(StringComparer.Ordinal)
    {
        ["jq"] = JoinQuestion.Parser,
        ["ja"] = JoinAnswer.Parser,
        ["wf"] = WindowFrame.Parser,
        ["pr"] = PrepareRun.Parser,
        ["nf"] = NeedFile.Parser,
        ["fp"] = FilePart.Parser,
        ["rr"] = RunReady.Parser,
        ["br"] = BeginRun.Parser,
        ["ar"] = AbortRun.Parser,
        ["co"] = CheckpointOrder.Parser,
        ["np"] = NeedPiece.Parser,
        ["pp"] = PartPiece.Parser,
        ["rp"] = RunProgressed.Parser,
        ["re"] = RunEnded.Parser,
        ["pt"] = ReportPart.Parser,
    };

    private static readonly Dictionary<Type, string> Manifests =
        Parsers.ToDictionary(pair => pair.Value.ParseFrom(ByteString.Empty.ToByteArray()).GetType(), pair => pair.Key);

    /// <summary>The types that this serializer is for.</summary>
    public static IEnumerable<Type> Types => Manifests.Keys;

    /// <inheritdoc/>
    public override int Identifier => Number;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => ((IMessage)obj).ToByteArray();

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => Parsers.TryGetValue(manifest, out MessageParser? parser)
        ? parser.ParseFrom(bytes)
        : throw new System.Runtime.Serialization.SerializationException($"'{manifest}' is no message of HmmSim's cluster protocol");

    /// <inheritdoc/>
    public override string Manifest(object o) => Manifests[o.GetType()];
}
