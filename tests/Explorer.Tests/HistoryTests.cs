using CsCheck;
using HmmSim.Explorer.Histories;

namespace HmmSim.Explorer.Tests;

/// <summary>Linearizability by zones against trying every order.</summary>
public sealed class HistoryTests
{
    private static readonly Gen<PageAccess[]> GenHistory =
        from accesses in Gen.Select(Gen.Bool, Gen.Int[0, 3], Gen.Int[0, 12], Gen.Int[0, 6]).Array[1, 7]
        select accesses.Select((access, index) => new PageAccess(0, index, access.Item1, access.Item1
            ? index + 1
            : access.Item2, access.Item3, access.Item3 + access.Item4)).ToArray();

    [Fact]
    public void Zones_say_what_trying_every_order_says()
    {
        int linearizable = 0;
        int total = 0;
        GenHistory.Sample(
            history =>
            {
                bool byOrder = HasOrder([.. history], 0);
                Assert.Equal(byOrder, PageLinearizability.FindViolation(history) is null);
                linearizable += byOrder ? 1 : 0;
                total++;
            },
            iter: 20_000,
            threads: 1);
        Assert.InRange(linearizable, total / 20, total * 19 / 20);
    }

    [Theory]
    [InlineData("w1 0-1, r1 2-3", null)]
    [InlineData("w1 0-1, r0 2-3", "lies wholly between|at once|wholly")]
    [InlineData("w1 5-6, r1 1-2", "saw what was written only later")]
    [InlineData("r7 1-2", "saw what nobody wrote")]
    [InlineData("w1 0-1, w2 2-3, r1 4-5", "wholly between")]
    [InlineData("w1 0-1, w2 2-3, r1 4-5, r2 6-7", "at once")]
    [InlineData("w1 0-9, w2 0-9, r1 1-2, r2 3-4", null)]
    [InlineData("w1 0-9, w2 0-9, r1 1-2, r2 3-4, r1 5-6", "wholly between")]
    public void A_stale_or_early_read_is_explained(string text, string? said)
    {
        string? found = PageLinearizability.FindViolation(Parse(text));
        Assert.True(said is null ? found is null : found is not null
            && said.Split('|').Any(part => found.Contains(part, StringComparison.Ordinal)), found);
    }

    [Fact]
    public void Pages_are_judged_one_by_one()
    {
        PageAccess[] good = Parse("w1 0-1, r1 2-3");
        PageAccess[] bad = [.. Parse("w1 0-1, r0 2-3").Select(access => access with { Page = 4 })];
        Assert.Contains("page 4", PageLinearizability.FindViolation([.. good, .. bad]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("w1 0-1, w1 2-3")]
    [InlineData("w0 0-1")]
    [InlineData("w1 3-2")]
    public void A_history_without_sense_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => PageLinearizability.FindViolation(Parse(text)));

    /// <summary>
    /// Wing and Gong's way: put any access first that nothing must precede and that sees the current version, and try the rest.
    /// </summary>
    private static bool HasOrder(List<PageAccess> rest, long current) => rest.Count == 0 || rest.Exists(first =>
        !rest.Exists(other => other.End < first.Begin)
        && (first.IsWrite || first.Version == current)
        && HasOrder([.. rest.Where(other => other != first)], first.IsWrite ? first.Version : current));

    private static PageAccess[] Parse(string text) =>
    [
        .. text.Split(", ").Select((word, actor) =>
        {
            string[] parts = word[1..].Split(' ', '-');
            return new PageAccess(
                0, actor, word[0] == 'w',
                long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture),
                long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture),
                long.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture));
        }),
    ];
}
