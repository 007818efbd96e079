namespace HmmSim.Protocol.Files;

/// <summary>Number of a file, or of the unnamed file behind shared anonymous memory. Zero is no file.</summary>
public readonly record struct FileId(int Value)
{
    /// <summary>True for the zero value.</summary>
    public bool IsNone => Value == 0;
}
