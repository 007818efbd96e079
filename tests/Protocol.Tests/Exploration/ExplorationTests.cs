using System.Globalization;
using HmmSim.Protocol.Tests.Tables;
using Xunit.Abstractions;

namespace HmmSim.Protocol.Tests.Exploration;

/// <summary>
/// Short scripts in every order of delivery: each comes to rest, conserves frames and meets no impossible cell. The number of
/// interleavings is pinned: it changes exactly when the protocol's messages do.
/// </summary>
public sealed class ExplorationTests(ITestOutputHelper output)
{
    private const string Scripts = """
        | world       | before                     | thread 1               | thread 2       | thread 3 | interleavings |
        | direct      |                            | m1 write 0             | m2 write 0     |          | 6             |
        | direct      |                            | m2 write 0             | m3 write 0     |          | 364           |
        | direct      | m1 write 0                 | m2 write 0             | m3 write 0     |          | 1840          |
        | direct      | m1 write 0                 | m2 write 0             | m3 map-write 0 |          | 2152          |
        | direct      | m2 write 0                 | m1 read 0              | m3 write 0     |          | 746           |
        | direct      | m2 write 0                 | m1 read 0              | m3 map 0       |          | 348           |
        | through-ram | m2 write 0                 | m1 read 0              | m3 write 0     |          | 753           |
        | direct 1    | m2 write 0                 | m2 write 1             | m1 read 0      |          | 1057          |
        | direct 1    | m2 write 0; m3 map 1       | m2 write 1             | m1 read 1      |          | 38            |
        | direct 1    | m2 write 0; m3 map-write 1 | m2 write 1             | m1 read 1      |          | 309           |
        | direct      | m2 map 0                   | m3 write 0             | m1 write 0     |          | 403           |
        | direct      | m2 map 0                   | m3 write 0             | m2 map 0       |          | 760           |
        | direct      | m1 write 0                 | m1 unmap 0 8           | m2 write 0     |          | 33            |
        | direct      | m2 write 0                 | m1 unmap 0 8           | m3 write 0     |          | 3134          |
        | direct      | m2 write 0                 | m1 unmap 0 8           | m1 read 0      |          | 29            |
        | direct 1    | m2 write 0                 | m1 unmap 0 8           | m2 write 1     |          | 675           |
        | direct      | m1 write 0; m2 map 0       | m1 unmap 0 8           | m2 map 0       |          | 168           |
        | direct      | m1 write 1; m2 map 1       | m2 write 0; m2 write 2 | m1 write 0     |          | 437           |
        | direct      | m1 write 1; m3 map 1       | m2 write 1             | m1 unmap 1 1   |          | 1770          |
        | two-hosts   | m6 write 0                 | m1 read 0              | m2 write 0     |          | 746           |
        | two-hosts   | m2 write 0                 | m6 write 0             | m1 write 0     |          | 746           |
        | two-hosts 1 | m6 write 0                 | m6 write 1             | m1 read 0      |          | 1057          |
        | grouped     | m1 write 1                 | m2 write 1             | m1 write 0     |          | 9             |
        | grouped     | m1 write 1; m2 map 1       | m3 write 1             | m1 write 0     |          | 174           |
        | grouped     | m2 write 1                 | m1 read 1              | m1 write 3     |          | 120           |
        | grouped     | m2 write 1                 | m1 read 1              | m3 map 2       |          | 1668          |
        | read-only   | m2 read 0                  | m2 write 0             | m1 read 0      |          | 189           |
        | read-only   | m2 read 0                  | m2 write 0             | m3 read 0      |          | 9282          |
        """;

    [Fact]
    public void Every_order_of_delivery_ends_well() =>
        TextTable.Verify(Scripts, answers: 1, row =>
        {
            Script script = new(row[0], row[1], row[2..]);
            long began = Environment.TickCount64;
            int count = Explorer.Explore(script);
            output.WriteLine($"{count,8} interleavings in {Environment.TickCount64 - began,6} ms: {script}");
            return [count.ToString(CultureInfo.InvariantCulture)];
        });
}
