namespace HmmSim.Nodes.Observation;

/// <summary>The fault unit and the memory of one device.</summary>
public sealed record DeviceReport
{
    /// <summary>Name in the scenario.</summary>
    public required string Name { get; init; }

    /// <summary>Faults that arrived at the fault buffer, those included that found it full.</summary>
    public required long FaultsRaised { get; init; }

    /// <summary>Records of pages that an earlier record of the same batch had named.</summary>
    public required long DuplicateFaults { get; init; }

    /// <summary>Batches serviced.</summary>
    public required long Batches { get; init; }

    /// <summary>Replay commands.</summary>
    public required long Replays { get; init; }

    /// <summary>2 MiB chunks taken from pages to make room.</summary>
    public required long EvictedChunks { get; init; }

    /// <summary>Pages that lay in those chunks.</summary>
    public required long EvictedPages { get; init; }

    /// <summary>Pages that came into the device memory.</summary>
    public required long PagesIn { get; init; }

    /// <summary>Pages that left it, by migration or because they were unmapped.</summary>
    public required long PagesOut { get; init; }

    /// <summary>Most 4 KiB frames in use at one time.</summary>
    public required long PeakFramesInUse { get; init; }

    /// <summary>4 KiB frames of the device memory.</summary>
    public required long Frames { get; init; }
}
