using System.Security.Cryptography;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Checkpoints;

/// <summary>A complete checkpoint of a store.</summary>
/// <param name="Store">Where it lies.</param>
/// <param name="Manifest">What it says about itself.</param>
public sealed record SavedCheckpoint(ICheckpointStore Store, CheckpointManifest Manifest)
{
    private const int PieceBytes = 1 << 20;
    private const string ManifestFile = FolderCheckpointStore.ManifestName;

    /// <summary>What messages call its manifest.</summary>
    public string ManifestName => Store.NameOf(Manifest.Number, ManifestFile);

    /// <summary>The latest of a store; its manifest is checked, its parts are not.</summary>
    /// <exception cref="CheckpointException">There is none, or its manifest is damaged.</exception>
    public static SavedCheckpoint Latest(ICheckpointStore store) => store.Numbers() is [.., long number]
        ? Open(store, number)
        : throw new CheckpointException(store.Name, "its content", "without a complete checkpoint", "at least one", "begin anew without --resume");

    /// <summary>A checkpoint by its number.</summary>
    /// <exception cref="CheckpointException">There is none, or its manifest is damaged.</exception>
    public static SavedCheckpoint Open(ICheckpointStore store, long number)
    {
        CheckpointManifest manifest = ManifestText.Read(store.ReadManifest(number), store.NameOf(number, ManifestFile));
        return new SavedCheckpoint(store, manifest with { Number = number });
    }

    /// <summary>The scenario that it is of.</summary>
    /// <exception cref="ScenarioException">A recorded trace has changed or gone.</exception>
    public Scenario LoadScenario() => ScenarioLoader.Parse(Manifest.ScenarioText, ManifestName, ".");

    /// <summary>Refuses a checkpoint of another version of the program: the same state may mean something else to it.</summary>
    /// <exception cref="CheckpointException">It is one.</exception>
    public void RequireProgram()
    {
        if (Manifest.Identity.Program != ClusterProtocol.ProgramVersion)
        {
            throw new CheckpointException(
                ManifestName,
                "program",
                Manifest.Identity.Program,
                ClusterProtocol.ProgramVersion,
                "go on with the version that wrote it, or begin anew without --resume");
        }
    }

    /// <summary>Refuses a checkpoint of another run.</summary>
    /// <exception cref="CheckpointException">It is one.</exception>
    public void RequireOf(CheckpointIdentity run)
    {
        RequireProgram();
        string file = ManifestName;
        CheckpointIdentity found = Manifest.Identity;
        if (found.Seed != run.Seed)
        {
            throw new CheckpointException(file, "seed", $"{found.Seed}", $"{run.Seed}", $"go on with --seed {found.Seed}, or begin anew without --resume");
        }

        if (found.ScenarioDigest != run.ScenarioDigest)
        {
            throw new CheckpointException(
                file,
                "scenarioDigest",
                found.ScenarioDigest,
                run.ScenarioDigest,
                $"it is of another scenario, '{Manifest.ScenarioName}': give its file, or none, or begin anew without --resume");
        }
    }

    /// <summary>Reads every part and compares it with the manifest.</summary>
    /// <exception cref="CheckpointException">One is missing, cut off or changed.</exception>
    public void Verify()
    {
        foreach (CheckpointPart part in Manifest.Parts)
        {
            using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long bytes = 0;
            while (Store.ReadPiece(Manifest.Number, part.Name, bytes, PieceBytes) is { Length: > 0 } piece)
            {
                digest.AppendData(piece);
                bytes += piece.Length;
            }

            Require(part, "size", $"{bytes} bytes", $"{part.Bytes} bytes");
            Require(part, "sha256", Convert.ToHexStringLower(digest.GetHashAndReset()), part.Digest);
        }
    }

    /// <summary>Reads the state of every node.</summary>
    /// <exception cref="CheckpointException">A part is damaged.</exception>
    internal RunCut Read() => RunCut.Merge(Manifest.Parts.Select(part => PartFile.Read(ReadAll(part), Store.NameOf(Manifest.Number, part.Name))));

    private byte[] ReadAll(CheckpointPart part)
    {
        byte[] content = new byte[part.Bytes];
        for (int at = 0; at < content.Length;)
        {
            byte[] piece = Store.ReadPiece(Manifest.Number, part.Name, at, Math.Min(PieceBytes, content.Length - at));
            Require(part, "size", piece.Length == 0 ? $"{at} bytes" : "", piece.Length == 0 ? $"{part.Bytes} bytes" : "");
            piece.CopyTo(content, at);
            at += piece.Length;
        }

        Require(part, "sha256", Convert.ToHexStringLower(SHA256.HashData(content)), part.Digest);
        return content;
    }

    private void Require(CheckpointPart part, string field, string found, string expected)
    {
        if (found != expected)
        {
            string suggestion = Store.Numbers().LastOrDefault(number => number < Manifest.Number) is var older and > 0
                ? $"the file is damaged: remove checkpoint {Manifest.Number} to go on from checkpoint {older}"
                : "the file is damaged: begin anew without --resume";
            throw new CheckpointException(Store.NameOf(Manifest.Number, part.Name), field, found, expected, suggestion);
        }
    }
}
