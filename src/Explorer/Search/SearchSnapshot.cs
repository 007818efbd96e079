using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Stores;

namespace HmmSim.Explorer.Search;

/// <summary>How far a search that was ended early is, beside its store; and the file that keeps both.</summary>
internal sealed record SearchSnapshot
{
    private const ulong Magic = 0x31_4b_43_4d_49_53_4d_48; // "HMSIMCK1"
    private const ulong FormatVersion = 2;

    /// <summary>Number of states.</summary>
    public required uint Count { get; init; }

    /// <summary>How far each store is expanded.</summary>
    public required IReadOnlyList<LevelCut> Cuts { get; init; }

    /// <summary>Sizes of the levels up to the one that is being expanded.</summary>
    public required IReadOnlyList<long> LevelSizes { get; init; }

    /// <summary>Transitions out of the complete levels, and of all expanded states.</summary>
    public required (long Complete, long All) Transitions { get; init; }

    /// <summary>Terminal states in the complete levels, and among all expanded states.</summary>
    public required (long Complete, long All) TerminalStates { get; init; }

    /// <summary>
    /// The lowest violating state, and the lowest violating terminal state, or <see cref="StateStore.NoParent"/>; numbers of the
    /// only store or of any one.
    /// </summary>
    public required (uint Any, uint Terminal) FirstViolations { get; init; }

    /// <summary>Whether the store holds the ways back that a single thread has found.</summary>
    public required bool HasLinks { get; init; }

    /// <summary>Writes snapshot and store; the file is replaced only when the new one is whole.</summary>
    /// <param name="checkpoint">The file.</param>
    /// <param name="kind">How the search tells states apart.</param>
    /// <param name="model">The model.</param>
    /// <param name="states">The states.</param>
    public void Write(SearchCheckpoint checkpoint, StoreKind kind, IModel model, StateSet states)
    {
        string temporary = checkpoint.File + ".tmp";
        using (FileStream stream = File.Create(temporary))
        using (WordWriter writer = new(stream))
        {
            writer.Write([Magic, FormatVersion]);
            writer.Write(checkpoint.Identity);
            writer.Write([(ulong)kind, (ulong)model.StateWords, HasLinks ? 1UL : 0, Count]);
            writer.Write([(ulong)Cuts.Sum(cut => cut.Expanded), (ulong)Cuts.Sum(cut => cut.LevelEnd)]);
            writer.Write([(ulong)Transitions.Complete, (ulong)Transitions.All, (ulong)TerminalStates.Complete,
                (ulong)TerminalStates.All]);
            writer.Write([FirstViolations.Any, FirstViolations.Terminal, (ulong)LevelSizes.Count]);
            writer.Write([.. LevelSizes.Select(size => (ulong)size)]);
            states.WriteTo(writer, Cuts);
            if (model is IContentModel contents)
            {
                byte[][] all = [.. contents.Contents()];
                writer.Write((ulong)all.Length);
                Array.ForEach(all, writer.WriteContent);
            }

            writer.Complete();
        }

        File.Move(temporary, checkpoint.File, overwrite: true);
    }

    /// <summary>Reads snapshot and store.</summary>
    /// <exception cref="InputException">The file is missing, foreign, damaged, or of another search.</exception>
    /// <param name="checkpoint">The file.</param>
    /// <param name="kind">How the search tells states apart.</param>
    /// <param name="model">The model; takes in the contents that the states name.</param>
    /// <param name="workers">Number of threads that go on.</param>
    /// <param name="withLinks">Whether the search goes on to keep ways back, if the file has them.</param>
    public static (SearchSnapshot Snapshot, StateSet States) Read(
        SearchCheckpoint checkpoint,
        StoreKind kind,
        IModel model,
        int workers,
        bool withLinks)
    {
        try
        {
            return ReadChecked(checkpoint, kind, model, workers, withLinks);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(checkpoint, $"the file cannot be read: {exception.Message}", "a search that was ended early");
        }
    }

    private static (SearchSnapshot Snapshot, StateSet States) ReadChecked(
        SearchCheckpoint checkpoint,
        StoreKind kind,
        IModel model,
        int workers,
        bool withLinks)
    {
        if (!File.Exists(checkpoint.File))
        {
            throw Refused(checkpoint, "the file does not exist", "a search that was ended early");
        }

        int stateWords = model.StateWords;
        using FileStream stream = File.OpenRead(checkpoint.File);
        using WordReader reader = new(stream);
        if (new FileInfo(checkpoint.File).Length < 3 * sizeof(ulong) || reader.Read() != Magic)
        {
            throw Refused(checkpoint, "the file is no kept search", "one that 'hmmsim explore --checkpoint' has written");
        }

        ulong version = reader.Read();
        if (version != FormatVersion)
        {
            throw Refused(checkpoint, $"the file has version {version} of the format",
                $"version {FormatVersion}: begin the search anew");
        }

        if (!WordReader.IsWhole(checkpoint.File))
        {
            throw Refused(checkpoint, "the file is damaged: its checksum is another",
                "the file as it was written: begin the search anew");
        }

        string identity = reader.ReadText();
        if (identity != checkpoint.Identity)
        {
            throw Refused(checkpoint, $"the file keeps the search of '{identity}'", $"'{checkpoint.Identity}'");
        }

        ulong[] fields = new ulong[13];
        reader.Read(fields);
        if (fields[0] != (ulong)kind || fields[1] != (ulong)stateWords)
        {
            throw Refused(checkpoint, $"the file keeps a {(StoreKind)fields[0]} store of states of {fields[1]} words",
                $"a {kind} store of states of {stateWords} words");
        }

        ulong[] sizes = new ulong[fields[12]];
        reader.Read(sizes);
        bool hasLinks = fields[2] != 0;
        StateSet states = new(kind, stateWords, workers, withLinks && hasLinks);
        SearchSnapshot snapshot = new()
        {
            HasLinks = withLinks && hasLinks,
            Count = (uint)fields[3],
            Transitions = ((long)fields[6], (long)fields[7]),
            TerminalStates = ((long)fields[8], (long)fields[9]),
            FirstViolations = ((uint)fields[10], (uint)fields[11]),
            LevelSizes = [.. sizes.Select(size => (long)size)],
            Cuts = states.ReadFrom(reader, (uint)fields[3], new LevelCut((uint)fields[4], (uint)fields[5]), hasLinks),
        };
        if (model is IContentModel contents)
        {
            for (ulong left = reader.Read(); left > 0; left--)
            {
                contents.AddContent(reader.ReadContent());
            }
        }

        return (snapshot, states);
    }

    private static InputException Refused(SearchCheckpoint checkpoint, string problem, string expected) =>
        new(checkpoint.File, new InputProblem(1, 1, InputProblem.Compose(problem, expected)));
}
