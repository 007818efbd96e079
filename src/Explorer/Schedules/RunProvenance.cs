using System.Buffers.Binary;
using System.IO.Hashing;
using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Schedules;

/// <summary>What it takes to find a run again, and to see that it is the same one.</summary>
/// <param name="Program">Version of the program that found it.</param>
/// <param name="Engine">The engine that found it.</param>
/// <param name="Seed">The seed of that engine.</param>
/// <param name="ConfigurationDigest">Digest of model, parameters and scripts, see <see cref="Configurations.ModelConfiguration.Digest"/>.</param>
/// <param name="TraceHash">XXH3 (64 bits) of the hashes of all states of the run in order, in hexadecimal digits.</param>
public sealed record RunProvenance(string Program, string Engine, ulong Seed, string ConfigurationDigest, string TraceHash)
{
    /// <summary>The provenance of a recorded run.</summary>
    public static RunProvenance Of(Schedule schedule)
    {
        XxHash3 trace = new();
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        foreach (ulong hash in schedule.Steps.Select(step => step.StateHash).Prepend(StateHash.Of(schedule.FirstState.AsSpan())))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, hash);
            trace.Append(bytes);
        }

        return new RunProvenance(schedule.Program, schedule.Engine, schedule.Seed, schedule.Configuration.Digest, $"{trace.GetCurrentHashAsUInt64():x16}");
    }

    /// <summary>All of it in one line.</summary>
    public override string ToString() => $"hmmsim {Program}, engine {Engine}, seed {Seed}, configuration {ConfigurationDigest}, trace {TraceHash}";
}
