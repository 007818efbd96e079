using System.Numerics;
using HmmSim.Protocol.Addresses;
using HmmSim.Races.Replay;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Models;

/// <summary>From new machines to the first state.</summary>
public partial class HmmModel
{
    private const int MostDeliveriesOfAQueue = 64;

    /// <summary>Opens the devices and performs the setup, one operation after the other, each until nothing is under way.</summary>
    private ulong[] MakeFirst(IReadOnlyList<Operation> setup)
    {
        ulong[] state = new ulong[StateWords];
        for (int machine = 0; machine < _machines; machine++)
        {
            state[machine] = _table.FirstState(machine);
        }

        state[MonitorsAt] = _monitors.First;
        IEnumerable<Operation> all = _threads
            .SelectMany(thread => thread.Kind == ThreadKind.Process ? thread.Steps.SelectMany(step => step) : [])
            .Concat(setup);
        int number = _threads.Max(thread => thread.Steps.Length) * _alternatives;
        foreach (int device in all.Select(operation => operation.Device).Where(device => device > 0).Distinct().Order())
        {
            MachineStep open = Sending(_threads.Length, WorldCalls.Open(device), device);
            state[_machines] = _table.Extend(state[_machines], open);
            _setup.Add(ActorAction.Call(open.Sent[0].Message, isForHome: false));
            Settle(state);
        }

        foreach (Operation operation in setup)
        {
            Begin(state, _threads.Length, number, World.FirstSpace, operation, default);
            _setup.Add(ActorAction.Call(_calls[(_threads.Length, number)].Sent[0].Message, operation.Device == 0));
            number += _alternatives;
            Settle(state);
        }

        return state;
    }

    private void Settle(Span<ulong> state)
    {
        for (int step = 0; step < MostDeliveriesOfAQueue * _queues; step++)
        {
            int machine = 0;
            while (machine < _machines && _table.OutboxOf(state[_machines + machine]).Pending == 0)
            {
                machine++;
            }

            if (machine == _machines || state[ViolationAt] != 0)
            {
                return;
            }

            int transition = (machine * _queues) + BitOperations.TrailingZeroCount(_table.OutboxOf(state[_machines + machine]).Pending);
            _setup.Add(ActionOf(state, transition));
            Apply(state, transition);
        }

        string last = string.Join(", ", _setup.TakeLast(8).Select(action => MessageText(_table.MessageOf(action.Message))));
        throw new InvalidOperationException($"the setup does not come to rest; it goes on with {last}");
    }
}
