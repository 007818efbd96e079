using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Schedules;
using HmmSim.Nodes.Lanes;
using HmmSim.Nodes.Simulation;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.State;
using HmmSim.Races.Models;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Replay;

/// <summary>
/// Makes the run of a schedule again on the simulator's own Akka actors: the lane hands each actor the message that the schedule says, and after
/// every step the state of the actors (each machine, and what is on its way from it) is put together and its hash compared.
/// </summary>
/// <remarks>
/// What threads know (where they are in their scripts, what they have seen) is not in the actors; it follows from what the actors tell them,
/// which is compared event by event.
/// </remarks>
public sealed class ActorReplay : IDisposable
{
    private readonly HmmModel _model;
    private readonly MachineTable _table;
    private readonly SteppedSystem _system;
    private readonly List<ThreadEvent> _told = [];

    private ActorReplay(HmmModel model)
    {
        _model = model;
        _table = model.Table;
        World world = _table.World;
        _system = new SteppedSystem(
            world.Layout,
            world.NewHome,
            id => world.NewDevice(World.PositionOf(id)),
            (_, cause, effect) => _told.Add(ThreadEvent.Of(cause, effect)!));
    }

    /// <summary>Whether a schedule can be replayed on actors: those of the simulator's protocol can.</summary>
    public static bool CanReplay(IModel model) => model is HmmModel;

    /// <summary>Replays a schedule.</summary>
    /// <exception cref="ConfigurationException">The schedule names no model of the protocol.</exception>
    public static ReplayResult Run(Schedule schedule, IModel model)
    {
        HmmModel own = model as HmmModel ?? throw new ConfigurationException("model", $"'{schedule.Configuration.Model}' has no actors", "the model hmm");
        using ActorReplay replay = new(own);
        return replay.Run(schedule);
    }

    /// <inheritdoc/>
    public void Dispose() => _system.Dispose();

    private ReplayResult Run(Schedule schedule)
    {
        ulong[] state = new ulong[_model.StateWords];
        _model.WriteInitialState(schedule.InitialState, state);
        foreach (ActorAction action in _model.SetupActions)
        {
            Perform(action);
        }

        if (Compare(state, StateHash.Of([.. schedule.FirstState])) is { } difference)
        {
            return Diverged(schedule, 0, "before the first step", difference);
        }

        for (int step = 0; step < schedule.Steps.Length; step++)
        {
            ScheduleStep taken = schedule.Steps[step];
            ActorAction action = _model.ActionOf(state, taken.Transition);
            IReadOnlyList<ThreadEvent> expected = _model.EventsOf(state, taken.Transition);
            _model.Apply(state, taken.Transition);
            _told.Clear();
            try
            {
                Perform(action);
            }
            catch (StepFailedException exception)
            {
                bool isRecorded = step == schedule.Steps.Length - 1 && _model.FindViolation(state) != ModelProperty.None;
                return isRecorded
                    ? Reproduced(step + 1, $"the last one fails: {exception.InnerException?.Message ?? exception.Message}")
                    : Diverged(schedule, step, $"'{taken.Label}'", exception.Message);
            }

            if (!_told.Zip(expected).All(pair => pair.First.IsLike(pair.Second)) || _told.Count != expected.Count)
            {
                return Diverged(schedule, step, $"'{taken.Label}'", $"threads are told {Tell(_told)}, recorded is {Tell(expected)}");
            }

            if (Compare(state, taken.StateHash) is { } met)
            {
                return Diverged(schedule, step, $"'{taken.Label}'", met);
            }
        }

        return Reproduced(schedule.Steps.Length, "with the same hash after each");
    }

    private static ReplayResult Reproduced(int steps, string how) =>
        new(ReplayOutcome.Reproduced, steps, $"all {steps} steps went as recorded on the actors, {how}", [], null);

    private static ReplayResult Diverged(Schedule schedule, int step, string where, string difference) => new(
        ReplayOutcome.Diverged, step, $"after {step} of {schedule.Steps.Length} steps the actors differ, at {where}", [difference], null);

    private static string Tell(IEnumerable<ThreadEvent> events) =>
        string.Join(", ", events.Select(happened => $"{happened.Kind} to {happened.Thread}").DefaultIfEmpty("nothing"));

    private void Perform(ActorAction action)
    {
        if (action.Operation is { } operation)
        {
            Access(action, operation);
            return;
        }

        if (action.IsSent)
        {
            _system.Send(0, _table.MessageOf(action.Message));
        }

        if (action.IsDelivered)
        {
            _system.Deliver(_system.Pending.First(message => message.Source == action.Machine && _table.Add(message) == action.Message));
        }
    }

    private void Access(ActorAction action, Operation operation)
    {
        AccessOutcome outcome = action.Machine == 0
            ? ProcessorAccess.Attempt(_system.Home, action.Thread, operation)
            : ProcessorAccess.Attempt(_system.Device(action.Machine), action.Thread, operation);
        if (outcome.Fault is { } fault)
        {
            _system.Send(action.Machine, fault);
            _system.Deliver(fault);
        }

        if (outcome.Remote is { } remote)
        {
            _system.Send(action.Machine, remote);
        }

        if (outcome.Problem is null && !_told.Exists(happened => happened.Thread == action.Thread))
        {
            _told.Insert(0, new ThreadEvent(outcome.Kind, action.Thread, null, outcome.Value));
        }
    }

    /// <summary>What differs between the actors and a state, or null.</summary>
    private string? Compare(ulong[] state, ulong recordedHash)
    {
        ulong[] met = [.. state];
        ILookup<int, Message> pending = _system.Pending.ToLookup(message => (int)message.Source);
        for (int machine = 0; machine < _table.World.Count; machine++)
        {
            met[machine] = machine == 0 ? _table.WordOf(_system.Home) : _table.WordOf(_system.Device(machine));
            met[_table.World.Count + machine] = _table.WordOf(OutboxOf(machine, pending[machine], _table.OutboxOf(state[_table.World.Count + machine])));
        }

        return StateHash.Of(met) == recordedHash
            ? null
            : string.Join("; ", StateDifference.Of(_model, state, met).DefaultIfEmpty("the recorded hash is another"));
    }

    /// <summary>What is on its way; a timer lies in the slot that the model has it in.</summary>
    private Outbox OutboxOf(int sender, IEnumerable<Message> pending, Outbox recorded)
    {
        List<(int Queue, ulong Message)> found = [];
        List<int> slots = [.. Enumerable.Range(2 * _table.World.Count, Outbox.TimerSlots)];
        foreach (Message message in pending)
        {
            ulong word = _table.Add(message);
            int queue = _table.QueueOf(sender, message);
            if (queue < 0)
            {
                queue = slots.Find(slot => recorded[slot] is [var expected] && expected == word);
                queue = queue > 0 ? queue : slots[^1];
                slots.Remove(queue);
            }

            found.Add((queue, word));
        }

        return Outbox.Empty(_table.World.Count).With(found);
    }
}
