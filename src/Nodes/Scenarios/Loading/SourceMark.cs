namespace HmmSim.Nodes.Scenarios.Loading;

/// <summary>A place in the scenario file; both numbers count from 1.</summary>
public readonly record struct SourceMark(int Line, int Column) : IComparable<SourceMark>
{
    /// <summary>The first character of the file.</summary>
    public static readonly SourceMark Start = new(1, 1);

    /// <inheritdoc/>
    public int CompareTo(SourceMark other) => Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);

    /// <summary>Earlier in the file.</summary>
    public static bool operator <(SourceMark left, SourceMark right) => left.CompareTo(right) < 0;

    /// <summary>Later in the file.</summary>
    public static bool operator >(SourceMark left, SourceMark right) => left.CompareTo(right) > 0;

    /// <summary>Not later in the file.</summary>
    public static bool operator <=(SourceMark left, SourceMark right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier in the file.</summary>
    public static bool operator >=(SourceMark left, SourceMark right) => left.CompareTo(right) >= 0;
}
