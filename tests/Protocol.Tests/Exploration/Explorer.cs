using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Tests.Machines;

namespace HmmSim.Protocol.Tests.Exploration;

/// <summary>Runs a script in every order of delivery and checks what each of them leaves.</summary>
internal static class Explorer
{
    private const int Limit = 100_000;

    /// <summary>The number of interleavings; throws with the script and the choices at the first that leaves something wrong.</summary>
    /// <param name="script">World and threads.</param>
    /// <param name="prepare">Changes each new world before it is used.</param>
    public static int Explore(Script script, Action<TestWorld>? prepare = null)
    {
        ChoiceSequence choices = new();
        int count = 0;
        do
        {
            if (++count > Limit)
            {
                throw new InvalidOperationException($"{script} has more than {Limit} interleavings: make it smaller");
            }

            TestWorld? world = null;
            try
            {
                world = script.NewWorld(prepare ?? (_ => { }));
                Run(world, script.Programs(), choices);
                IReadOnlyList<string> left = world.Check();
                if (left.Count > 0)
                {
                    throw new InvalidOperationException(string.Join("\n", left));
                }
            }
            catch (Exception exception)
            {
                throw new InterleavingException(script, [.. choices.Taken], world?.Log ?? [], exception);
            }
        }
        while (choices.Advance());
        return count;
    }

    private static void Run(TestWorld world, IReadOnlyList<Queue<Message>> programs, ChoiceSequence choices)
    {
        while (true)
        {
            int pending = world.PendingCount;
            int alternatives = pending + programs.Count(program => program.Count > 0);
            if (alternatives == 0)
            {
                return;
            }

            int choice = choices.Choose(alternatives);
            if (choice < pending)
            {
                world.DeliverOne(choice);
            }
            else
            {
                world.Inject(programs.Where(program => program.Count > 0).ElementAt(choice - pending).Dequeue());
            }
        }
    }
}
