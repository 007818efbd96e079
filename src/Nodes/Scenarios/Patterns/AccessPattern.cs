namespace HmmSim.Nodes.Scenarios;

/// <summary>Which places a stream visits. Closed: the sealed records beside this file are all there are.</summary>
public abstract record AccessPattern
{
    private protected AccessPattern()
    {
    }

    /// <summary>The word in the scenario file.</summary>
    public abstract string Keyword { get; }
}
