using System.Globalization;

namespace HmmSim.Explorer.Samples;

/// <summary>One operation of an agent's script in <see cref="PageMigrationModel"/>.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Page">The page it is done to.</param>
public readonly record struct PageOperation(PageOperationKind Kind, int Page)
{
    /// <summary>
    /// Reads scripts such as <c>T0,U0/T0,E0/T0</c>: one script for each agent, the CPU first, separated by slashes; operations
    /// separated by commas; each a letter (T touch, E evict, U unmap) and the number of a page.
    /// </summary>
    /// <exception cref="FormatException">An operation is not of this form.</exception>
    public static PageOperation[][] ParseScripts(string text) =>
        [.. text.Split('/').Select(script => script.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToArray())];

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Page}";

    private static PageOperation Parse(string text)
    {
        PageOperationKind? kind = text[0] switch
        {
            'T' => PageOperationKind.Touch,
            'E' => PageOperationKind.Evict,
            'U' => PageOperationKind.Unmap,
            _ => null,
        };
        return kind is { } known && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int page)
            ? new PageOperation(known, page)
            : throw new FormatException($"'{text}' is not an operation: expected T, E or U and the number of a page, such as T0");
    }
}
