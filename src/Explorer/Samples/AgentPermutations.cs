using static HmmSim.Explorer.Samples.PageMigrationLayout;

namespace HmmSim.Explorer.Samples;

/// <summary>
/// The symmetry of <see cref="PageMigrationModel"/>: devices with equal scripts are interchangeable; the CPU is not.
/// </summary>
internal static class AgentPermutations
{
    /// <summary>All renamings of agents that keep the CPU and every script; the identity first.</summary>
    public static int[][] OfEqualDevices(PageOperation[][] scripts)
    {
        List<int[]> found = [];
        Extend(scripts, new int[scripts.Length], 1, found);
        return [.. found];
    }

    public static void Permute(PageMigrationLayout layout, int[] names, ReadOnlySpan<byte> source, Span<byte> target)
    {
        source.CopyTo(target);
        int agentBytes = layout.ProgramCounter(1);
        for (int agent = 0; agent < names.Length; agent++)
        {
            source.Slice(agent * agentBytes, agentBytes).CopyTo(target[(names[agent] * agentBytes)..]);
        }

        for (int number = 0; number < layout.Pages; number++)
        {
            Span<byte> page = target[layout.Home(number)..];
            Rename(names, ref page[Owner]);
            Rename(names, ref page[CurrentAgent]);
            for (int position = 0; position < layout.Agents && page[Queue + (position * MessageBytes)] != 0; position++)
            {
                ref byte agent = ref page[Queue + (position * MessageBytes) + 1];
                agent = (byte)names[agent];
            }
        }
    }

    /// <summary>A name that is stored one higher, so that 0 is nobody.</summary>
    private static void Rename(int[] names, ref byte stored) => stored = stored == 0 ? (byte)0 : (byte)(names[stored - 1] + 1);

    private static void Extend(PageOperation[][] scripts, int[] names, int agent, List<int[]> found)
    {
        if (agent == scripts.Length)
        {
            found.Add([.. names]);
            return;
        }

        for (int name = 1; name < scripts.Length; name++)
        {
            if (!names.AsSpan(1, agent - 1).Contains(name) && scripts[name].SequenceEqual(scripts[agent]))
            {
                names[agent] = name;
                Extend(scripts, names, agent + 1, found);
            }
        }
    }
}
