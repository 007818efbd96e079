using Akka.Actor;
using HmmSim.Nodes.Lanes;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Lanes;

public sealed class OrderTests
{
    [Fact]
    public void Messages_arrive_by_time_then_source_then_sequence_whatever_the_order_of_sending()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        List<string> seen = [];
        IActorRef actor = ScriptActor.Spawn(runtime, "memory", (_, message) => seen.Add(message.ToString()!));
        foreach (Letter letter in new Letter[] { new(20, 1, 1), new(10, 2, 1), new(10, 1, 2), new(20, 0, 9), new(10, 1, 1), new(5, 9, 9) })
        {
            actor.Tell(letter);
        }

        Assert.Equal(RunOutcome.Quiescent, runtime.Run());
        Assert.Equal(["5/9/9", "10/1/1", "10/1/2", "10/2/1", "20/0/9", "20/1/1"], seen);
        Assert.Equal(6, runtime.Steps);
        Assert.Equal(new VirtualTime(20), runtime.Now);
    }

    [Fact]
    public void Order_holds_across_actors_too()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        List<string> seen = [];
        IActorRef[] actors = [.. Enumerable.Range(0, 3).Select(i => ScriptActor.Spawn(runtime, $"memory-{i}", (_, message) => seen.Add($"{i}:{message}")))];
        for (int i = 0; i < 9; i++)
        {
            actors[i % 3].Tell(new Letter(100 - (i * 10)));
        }

        runtime.Run();
        Assert.Equal(["2:20/0/0", "1:30/0/0", "0:40/0/0", "2:50/0/0", "1:60/0/0", "0:70/0/0", "2:80/0/0", "1:90/0/0", "0:100/0/0"], seen);
    }

    [Fact]
    public void A_message_to_self_may_act_at_once_and_is_handled_in_order()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        List<string> seen = [];
        IActorRef actor = ScriptActor.Spawn(runtime, "memory", (context, message) =>
        {
            seen.Add(message.ToString()!);
            if (message is Letter { Source: 5 })
            {
                context.Self.Tell(new Letter(10, 7, 0, "now"));
                context.Self.Tell(new Letter(12, 7, 1, "soon"));
            }
        });
        actor.Tell(new Letter(10, 5, 0));
        actor.Tell(new Letter(10, 9, 0));
        actor.Tell(new Letter(11, 9, 1));
        runtime.Run();
        Assert.Equal(["10/5/0", "10/7/0now", "10/9/0", "11/9/1", "12/7/1soon"], seen);
    }

    [Fact]
    public void The_sender_reaches_the_receiver_and_the_answer_comes_back()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        List<string> seen = [];
        IActorRef server = ScriptActor.Spawn(
            runtime, "server", (context, message) => context.Sender.Tell(new Letter(((Letter)message).ActsAt.Picoseconds + 100, 2)));
        IActorRef client = ScriptActor.Spawn(runtime, "client", (context, message) =>
        {
            seen.Add($"{message} from {context.Sender.Path.Name}");
            if (message is Letter { Source: 0 })
            {
                server.Tell(new Letter(300, 1));
            }
        });
        client.Tell(new Letter(1), ActorRefs.NoSender);
        runtime.Run();
        Assert.Equal(["1/0/0 from deadLetters", "400/2/0 from server"], seen);
    }

    [Fact]
    public void Untimed_messages_run_before_the_first_step_and_then_as_soon_as_they_appear()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        List<string> seen = [];
        IActorRef other = ScriptActor.Spawn(runtime, "other", (_, message) => seen.Add($"other {message}"));
        IActorRef actor = ScriptActor.Spawn(runtime, "memory", (_, message) =>
        {
            seen.Add($"memory {message}");
            if (message is Letter { Source: 1 })
            {
                other.Tell("untimed");
            }
        });
        actor.Tell(new Letter(10, 1));
        actor.Tell(new Letter(10, 2));
        actor.Tell("configure");
        runtime.Run();
        Assert.Equal(["memory configure", "memory 10/1/0", "other untimed", "memory 10/2/0"], seen);
    }
}
