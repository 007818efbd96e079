using HmmSim.Benchmarks.Harness;

namespace HmmSim.Benchmarks.Phold;

/// <summary>PHOLD on <see cref="SequentialHeap"/>.</summary>
internal static class SequentialPhold
{
    public static Measurement Run(PholdModel model, int eventsEach, long untilPicoseconds)
    {
        var heap = new SequentialHeap();
        var processes = new Process[model.Processes];
        for (int self = 0; self < processes.Length; self++)
        {
            processes[self] = new PholdProcess(model, heap, self);
            processes[self].Start(eventsEach);
        }

        return Measurement.Of(() =>
        {
            long events = 0;
            while (true)
            {
                SequentialHeap.Event item = heap.Pop();
                if (item.Time >= untilPicoseconds)
                {
                    break;
                }

                processes[item.Target].Handle(item);
                events++;
            }

            return (events, processes.Aggregate(0UL, (sum, process) => sum + process.Hash));
        });
    }

    private abstract class Process
    {
        public abstract ulong Hash { get; }

        public abstract void Start(int events);

        public abstract void Handle(in SequentialHeap.Event item);
    }

    private sealed class PholdProcess(PholdModel model, SequentialHeap heap, int self) : Process
    {
        private PholdModel.ProcessState _state = PholdModel.Start(self);

        public override ulong Hash => _state.Hash;

        public override void Start(int events)
        {
            for (int index = 0; index < events; index++)
            {
                Schedule(0, 0, 0);
            }
        }

        public override void Handle(in SequentialHeap.Event item) => Schedule(item.Time, item.Source, item.Sequence);

        private void Schedule(long time, uint source, ulong sequence)
        {
            long delay = model.Handle(ref _state, self, time, source, sequence, out int receiver);
            heap.Push(new SequentialHeap.Event(time + delay, _state.Sequence++, (uint)self, receiver));
        }
    }
}
