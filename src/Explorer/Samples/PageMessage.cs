namespace HmmSim.Explorer.Samples;

/// <summary>A message of <see cref="PageMigrationModel"/>.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Page">The page it is about.</param>
/// <param name="Value">See the kind.</param>
internal readonly record struct PageMessage(PageMessageKind Kind, int Page, int Value)
{
    public override string ToString() => $"{Kind} {Page}({Value})";
}
