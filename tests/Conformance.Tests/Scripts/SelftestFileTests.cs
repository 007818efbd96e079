using HmmSim.Conformance.Scripts;
using HmmSim.Conformance.Systems;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Tests.Scripts;

/// <summary>The files of the kernel's selftests: all there, all loadable, for both kinds of device memory.</summary>
public sealed class SelftestFileTests
{
    // tools/testing/selftests/mm/hmm-tests.c
    private static readonly string[] Names =
    [
        "hmm.open_close", "hmm.anon_read", "hmm.anon_read_prot", "hmm.anon_write", "hmm.anon_write_prot", "hmm.anon_write_child",
        "hmm.anon_write_child_shared", "hmm.anon_write_huge", "hmm.anon_write_hugetlbfs", "hmm.file_read", "hmm.file_write", "hmm.migrate",
        "hmm.migrate_file_private", "hmm.migrate_fault", "hmm.migrate_release", "hmm.migrate_shared", "hmm2.migrate_mixed",
        "hmm.migrate_multiple", "hmm.anon_read_multiple", "hmm.anon_teardown", "hmm.mixedmap", "hmm2.snapshot", "hmm.compound",
        "hmm2.double_map", "hmm.exclusive", "hmm.exclusive_mprotect", "hmm.exclusive_cow", "hmm.hmm_gup_test", "hmm.hmm_cow_in_device",
        "hmm.migrate_anon_huge_empty", "hmm.migrate_anon_huge_zero", "hmm.migrate_anon_huge_free", "hmm.migrate_anon_huge_fault",
        "hmm.migrate_partial_unmap_fault", "hmm.migrate_remap_fault", "hmm.migrate_anon_huge_err", "hmm.migrate_anon_huge_zero_err",
        "hmm.benchmark_thp_migration",
    ];

    public static TheoryData<string, DeviceMemoryKind> Files()
    {
        TheoryData<string, DeviceMemoryKind> files = [];
        foreach (string file in SelftestFiles.All)
        {
            files.Add(file, DeviceMemoryKind.Private);
            files.Add(file, DeviceMemoryKind.Coherent);
        }

        return files;
    }

    [Fact]
    public void Every_selftest_of_the_kernel_has_a_file() => Assert.Equal(
        Names.Order(StringComparer.Ordinal),
        SelftestFiles.All.Select(file => SelftestFiles.Load(file).Selftest).Where(name => name.Length > 0).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_called_as_its_scenario_and_its_calls_come_to_an_end(string file, DeviceMemoryKind devices)
    {
        ScriptScenario scenario = SelftestFiles.Load(file);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), scenario.Name);
        Assert.Contains(devices, scenario.Devices);
        ScriptMachine machine = new(scenario, devices);
        while (machine.Next() is not null)
        {
            machine.Completed(CallResult.Success);
        }

        // Whoever agrees to everything and knows nothing passes only where nothing but success is asked for.
        Assert.Equal(scenario.Selftest is "hmm.open_close", machine.Failures.Count == 0);
        Assert.DoesNotContain(machine.Failures, failure => failure.Expected.StartsWith("a ", StringComparison.Ordinal));
    }
}
