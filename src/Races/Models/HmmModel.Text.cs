using HmmSim.Explorer.Models;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Races.Properties;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Models;

/// <summary>States and transitions for people.</summary>
public partial class HmmModel
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ActorNames => _table.World.Names;

    /// <inheritdoc/>
    public string DescribeState(ReadOnlySpan<ulong> state) => string.Join(" | ", DescribeFields(state).Where(field => field.Value.Length > 0)
        .GroupBy(field => field.Actor)
        .Select(actor => $"{ActorNames[actor.Key]}: {string.Join(", ", actor.Select(field => $"{field.Name} {field.Value}"))}"));

    /// <inheritdoc/>
    public string DescribeTransition(ReadOnlySpan<ulong> state, int transition)
    {
        StepNarrative step = NarrateStep(state, transition);
        return step.Sender is { } sender ? $"{ActorNames[step.Actor]} <- {ActorNames[sender]}: {step.Label}" : $"{ActorNames[step.Actor]}: {step.Label}";
    }

    /// <inheritdoc/>
    public StepNarrative NarrateStep(ReadOnlySpan<ulong> state, int transition)
    {
        int thread = transition - (_machines * _queues);
        if (thread >= 0)
        {
            WorldThread own = _threads[thread / _alternatives];
            int position = ThreadWord.Position(state[ThreadsAt], thread / _alternatives);
            Operation operation = own.Steps[position][thread % _alternatives];
            return new StepNarrative(own.Machine, null, $"{own.Name}: {OperationText.Of(operation)}", KernelLocations.Of(operation));
        }

        int sender = transition / _queues;
        int queue = transition % _queues;
        int receiver = Outbox.ReceiverOf(queue, _machines, sender);
        Message message = _table.MessageOf(_table.OutboxOf(state[_machines + sender])[queue][0]);
        return new StepNarrative(receiver, sender == receiver ? null : sender, MessageText(message), KernelLocations.Of(message.Kind));
    }

    /// <inheritdoc/>
    public IReadOnlyList<StateField> DescribeFields(ReadOnlySpan<ulong> state)
    {
        List<StateField> fields = [];
        for (int machine = 0; machine < _machines; machine++)
        {
            MachineView view = _table.ViewOf(state[machine]);
            DescribeThreads(fields, machine, state[ThreadsAt]);
            if (machine == 0)
            {
                DescribeHome(fields, state, view);
            }
            else
            {
                DescribeDevice(fields, machine, view);
            }

            Outbox outbox = _table.OutboxOf(state[_machines + machine]);
            for (int queue = 0; queue < _queues; queue++)
            {
                List<string> messages = [];
                foreach (ulong message in outbox[queue])
                {
                    messages.Add(MessageText(_table.MessageOf(message)));
                }

                int receiver = Outbox.ReceiverOf(queue, _machines, machine);
                string name = receiver == machine
                    ? $"timer {queue - (2 * _machines)}"
                    : $"{(Outbox.IsCopy(queue, _machines) ? "pages" : "messages")} to {ActorNames[receiver]}";
                fields.Add(new StateField(machine, name, string.Join("; ", messages)));
            }
        }

        fields.Add(new StateField(0, "violated", ExplainViolation(state) ?? ""));
        return fields;
    }

    private static string MessageText(Message message)
    {
        string pages = message.Pages.IsEmpty ? "" : $" page {string.Join(',', message.Pages.Enumerate().Select(page => page - World.PageOf(0).IndexInBlock))}";
        string call = message.Call is { } made ? $" {made.Kind}" : "";
        string cause = message.Kind is MessageKind.MigrateVma or MessageKind.MigrateToRam ? $" for {message.Cause}" : "";
        return $"{message.Kind}{call}{pages}{cause}";
    }

    private void DescribeThreads(List<StateField> fields, int machine, ulong word)
    {
        for (int thread = 0; thread < _threads.Length; thread++)
        {
            if (_threads[thread].Machine == machine)
            {
                ThreadWait wait = ThreadWord.Wait(word, thread);
                fields.Add(new StateField(machine, _threads[thread].Name, wait == ThreadWait.Nothing
                    ? $"at {ThreadWord.Position(word, thread)}"
                    : $"at {ThreadWord.Position(word, thread)} waits for {wait.ToString().ToLowerInvariant()}"));
            }
        }
    }

    private void DescribeHome(List<StateField> fields, ReadOnlySpan<ulong> state, MachineView view)
    {
        PageMonitor[] monitors = _monitors.Read(state[MonitorsAt]);
        for (int page = 0; page < _table.World.Spec.Pages; page++)
        {
            fields.Add(new StateField(0, $"page {page}", string.Join(", ", view.CpuPages.Where(entry => entry.Page == page)
                .Select(entry => $"{(entry.Space > 0 ? $"space {entry.Space} " : "")}{(entry.HasArea ? $"{entry.Entry}" : "unmapped")}"
                    + (entry.Value is { } value ? $" = {value}" : "")))));
            fields.Add(new StateField(0, $"value {page} may be", monitors[page].ToString()));
        }

        fields.Add(new StateField(0, "migrations", string.Join("; ", view.Migrations.Select(Migration))));
        CpuMemory home = _table.LoadHome(state[0]);
        fields.Add(new StateField(0, "mmap_lock", string.Join(", ", home.Spaces.OfType<AddressSpace>()
            .Where(space => space.IsWriteLocked || space.ActiveTransactions > 0 || space.LockWaiters.Count > 0)
            .Select(space => $"space {space.Id.Value} {(space.IsWriteLocked ? "write" : $"{space.ActiveTransactions} readers")}, "
                + $"{space.LockWaiters.Count} wait"))));
        fields.Add(new StateField(0, "frames in use", Frames(view)));
    }

    private void DescribeDevice(List<StateField> fields, int machine, MachineView view)
    {
        for (int page = 0; page < _table.World.Spec.Pages; page++)
        {
            fields.Add(new StateField(
                machine,
                $"page {page}",
                string.Join(", ", view.DevicePages.Where(entry => entry.Page == page).Select(entry => entry.Entry.ToString()))));
        }

        fields.Add(new StateField(machine, "under way", string.Join("; ", view.Unfinished.Select(line => line.Split(": ", 2)[^1]))));
        fields.Add(new StateField(machine, "frames in use", Frames(view)));
    }

    private static string Migration(MigrationTransaction migration) =>
        $"{migration.Id} {migration.Cause} to {World.PositionOf(migration.Destination)} {migration.Phase}, waits for {migration.Pending}";

    private static string Frames(MachineView view) => string.Join(", ", Enumerable.Range(0, view.References.Length)
        .Where(frame => view.References[frame] > 0)
        .Select(frame => $"{view.FirstFrame + frame} x{view.References[frame]}{(view.Values[frame] > 0 ? $" = {view.Values[frame]}" : "")}"));
}
