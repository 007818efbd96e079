using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Liveness;

/// <summary>
/// Strongly connected components of a part of a state graph (Tarjan 1972, with a stack of its own instead of recursion).
/// </summary>
internal static class Components
{
    /// <summary>
    /// The components of the states in <paramref name="part"/> that have a transition inside, so that a run may stay in them
    /// forever.
    /// </summary>
    public static List<List<int>> WithCycle(StateGraph graph, IReadOnlyList<int> part)
    {
        Dictionary<int, int> order = [];
        Dictionary<int, int> low = [];
        HashSet<int> inside = [.. part];
        HashSet<int> onStack = [];
        Stack<int> stack = [];
        List<List<int>> found = [];
        Stack<(int State, int Next)> calls = [];
        foreach (int root in part)
        {
            if (order.ContainsKey(root))
            {
                continue;
            }

            calls.Push((root, 0));
            while (calls.TryPop(out (int State, int Next) call))
            {
                int state = call.State;
                if (order.TryAdd(state, order.Count))
                {
                    low[state] = order[state];
                    stack.Push(state);
                    onStack.Add(state);
                }

                ReadOnlySpan<uint> targets = graph.Targets(state);
                int next = call.Next;
                for (; next < targets.Length; next++)
                {
                    int target = (int)targets[next];
                    if (!inside.Contains(target))
                    {
                        continue;
                    }

                    if (!order.ContainsKey(target))
                    {
                        break;
                    }

                    low[state] = onStack.Contains(target) ? Math.Min(low[state], order[target]) : low[state];
                }

                if (next < targets.Length)
                {
                    // The same transition again after the return, when the target has its number; then it counts as visited.
                    calls.Push((state, next));
                    calls.Push(((int)targets[next], 0));
                    continue;
                }

                if (calls.TryPeek(out (int State, int Next) caller))
                {
                    low[caller.State] = Math.Min(low[caller.State], low[state]);
                }

                if (low[state] == order[state])
                {
                    AddComponent(graph, stack, onStack, state, found);
                }
            }
        }

        return found;
    }

    private static void AddComponent(StateGraph graph, Stack<int> stack, HashSet<int> onStack, int root, List<List<int>> found)
    {
        List<int> component = [];
        int member;
        do
        {
            member = stack.Pop();
            onStack.Remove(member);
            component.Add(member);
        }
        while (member != root);

        if (component.Count > 1 || graph.Targets(root).Contains((uint)root))
        {
            component.Sort();
            found.Add(component);
        }
    }
}
