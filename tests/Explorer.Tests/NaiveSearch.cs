using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Tests;

/// <summary>Breadth-first search as a textbook has it, with sets of strings; what the engines are compared with.</summary>
internal sealed class NaiveSearch
{
    public List<long> LevelSizes { get; } = [];

    public long Transitions { get; private set; }

    public long TerminalStates { get; private set; }

    /// <summary>Depth and property of the first level with a violation; terminal violations win within a level.</summary>
    public (int Depth, bool IsTerminal)? Violation { get; private set; }

    public HashSet<string> Terminals { get; } = [];

    public static NaiveSearch Run<TModel>(TModel model)
        where TModel : IModel
    {
        NaiveSearch search = new();
        HashSet<string> seen = [];
        List<ulong[]> level = [];
        for (int index = 0; index < model.InitialStateCount; index++)
        {
            ulong[] state = new ulong[model.StateWords];
            model.WriteInitialState(index, state);
            if (seen.Add(string.Join(' ', state)))
            {
                level.Add(state);
            }
        }

        while (level.Count > 0)
        {
            search.LevelSizes.Add(level.Count);
            if (level.Exists(state => model.FindViolation(state) >= 0))
            {
                search.Violation = (search.LevelSizes.Count - 1, false);
                return search;
            }

            List<ulong[]> next = [];
            bool isStuck = false;
            foreach (ulong[] state in level)
            {
                int[] enabled = new int[model.MaxEnabled];
                int count = model.WriteEnabled(state, enabled);
                search.Transitions += count;
                if (count == 0)
                {
                    search.TerminalStates++;
                    search.Terminals.Add(string.Join(' ', state));
                    isStuck |= model.FindTerminalViolation(state) >= 0;
                }

                foreach (int transition in enabled[..count])
                {
                    ulong[] successor = [.. state];
                    model.Apply(successor, transition);
                    if (seen.Add(string.Join(' ', successor)))
                    {
                        next.Add(successor);
                    }
                }
            }

            if (isStuck)
            {
                search.Violation = (search.LevelSizes.Count - 1, true);
                search.LevelSizes.AddRange(next.Count > 0 ? [next.Count] : []);
                return search;
            }

            level = next;
        }

        return search;
    }
}
