using CsCheck;
using HmmSim.Explorer.Samples;

namespace HmmSim.Explorer.Tests;

/// <summary>Random scripts of the page migration sample.</summary>
internal static class RandomScripts
{
    public static Gen<string> Any { get; } =
        from agents in Gen.Int[2, 3]
        from pages in Gen.Int[1, 2]
        from scripts in Gen.Select(Gen.Int[0, 3].Select(letter => "TTEU"[letter]), Gen.Int[0, pages - 1])
            .Select(parts => $"{parts.Item1}{parts.Item2}").Array[0, 3].Array[agents]
        select string.Join('/', scripts.Select(script => string.Join(',', script)));

    public static Gen<(string Scripts, PageMigrationMutation Mutation)> WithMutations { get; } =
        Gen.Select(Any, Gen.Int[0, 2].Select(number => (PageMigrationMutation)number));
}
