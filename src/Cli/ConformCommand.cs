using System.CommandLine;
using HmmSim.Conformance.Systems;
using HmmSim.Protocol.Topology;

namespace HmmSim.Cli;

/// <summary><c>hmmsim conform</c>: its arguments and its help.</summary>
internal static class ConformCommand
{
    private const string Help = """
        Replays traces of a real Linux kernel and compares every answer and every page table.

        Examples:
          hmmsim conform tests/Conformance.Tests/Recordings/traces.jsonl.gz
          hmmsim conform traces.jsonl coherent.jsonl --keep-going
          hmmsim conform traces.jsonl --only dir-fork-three

        Ends with the first script that does not pass, unless --keep-going. The format is in docs/CONFORMANCE.md.
        Exit codes: 0 no mismatch, 1 mismatches, 2 bad input, 3 the replay failed, 130 stopped with Ctrl+C.
        """;

    public static Command Create(Func<DeviceMemoryKind, ICallSystem> systems, TextWriter output, TextWriter error)
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "Trace files, JSON lines, plain or compressed (.gz)",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> only = new("--only") { Description = "Replay only the script with this id", HelpName = "ID" };
        Option<bool> keepGoing = new("--keep-going") { Description = "Go on after a script that does not pass" };
        Command command = new("conform", Help) { files, only, keepGoing };
        command.SetAction((parsed, cancellation) =>
        {
            ConformRequest request = new()
            {
                Files = [.. parsed.GetRequiredValue(files)],
                Only = parsed.GetValue(only),
                KeepGoing = parsed.GetValue(keepGoing),
            };
            return new ConformSession(systems, output, error).RunAsync(request, cancellation);
        });
        return command;
    }
}
