using Akka.Actor;
using Akka.Configuration;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Lanes;

/// <summary>
/// Runs real Akka actors in virtual time. Every actor lives on a <em>lane</em>: a dispatcher with one thread at a time and one
/// queue in the total order (time, source, sequence). Actors send with an ordinary <c>Tell</c>; a
/// <see cref="Protocol.Messages.TimedMessage"/> is delivered when virtual time has come to it.
/// </summary>
/// <remarks>
/// <para>The lanes work in windows: W is the earliest pending event or advance of all, E = W + lookahead. First every event
/// before E is handled in order, then every <see cref="AdvanceMessage"/> due before E. Nothing one actor sends to another can
/// act before E, so the lanes need not agree within a window, and each actor sees the same messages in the same order on any
/// number of lanes. Stretches of time without events cost nothing: the next window starts at the next event.</para>
/// <para>Untimed and system messages are handled before the first step and between two steps, as soon as they appear. An
/// exception in any step ends the run; no supervisor is asked. What awaits, asks or pipes real tasks leaves virtual time, and
/// the order of its continuation is anybody's guess: actors of a model only Tell.</para>
/// <para>Members are for one thread, and not for actors, unless they say otherwise.</para>
/// </remarks>
public sealed partial class LaneRuntime : IDisposable, IAsyncDisposable
{
    // No logger and no shutdown hook: a hook would wait for lanes that nobody runs any more. Nothing of ours uses the scheduler, whose
    // thread would wake a hundred times a second.
    private const string SystemConfig = """
        akka {
          loggers = []
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          scheduler.tick-duration = 1s
          coordinated-shutdown {
            run-by-clr-shutdown-hook = off
            run-by-actor-system-terminate = off
          }
        }
        """;

    private readonly bool _ownsSystem;
    private readonly Lane[] _lanes;
    private readonly IActorRef[] _roots;
    private readonly LaneWorker[] _workers;
    private volatile bool _running;
    private volatile bool _stopRequested;
    private bool _disposed;

    /// <summary>Creates the lanes in an actor system of their own.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public LaneRuntime(LaneSettings settings)
        : this(settings, CreateSystem(settings), ownsSystem: true)
    {
    }

    /// <summary>Creates the lanes in an actor system that exists already, such as a cluster member's.</summary>
    /// <exception cref="ArgumentException">A setting is out of range, or the system has lanes of that name already.</exception>
    public LaneRuntime(LaneSettings settings, ActorSystem system)
        : this(settings, system, ownsSystem: false)
    {
    }

    private LaneRuntime(LaneSettings settings, ActorSystem system, bool ownsSystem)
    {
        settings.Check();
        Settings = settings;
        System = system;
        _ownsSystem = ownsSystem;
        _pace = new LanePace(settings, Environment.ProcessorCount, TimeProvider.System);
        _lanes = new Lane[settings.Lanes];
        _roots = new IActorRef[settings.Lanes];
        _arrivals = new long[settings.Lanes];
        for (int index = 0; index < settings.Lanes; index++)
        {
            StartLane(index);
        }

        MaySpin = settings.Lanes <= Environment.ProcessorCount;
        _workers = [.. _lanes.Skip(1).Select(lane => new LaneWorker(lane, DispatcherId(lane.Index)))];
    }

    /// <summary>How the lanes are laid out.</summary>
    public LaneSettings Settings { get; }

    /// <summary>The actor system.</summary>
    public ActorSystem System { get; }

    /// <summary>Virtual time of the step that the calling actor is in; outside the lanes, of the latest step of all.</summary>
    public VirtualTime Now => Lane.Current is { } lane && lane == _lanes[lane.Index]
        ? lane.Now
        : VirtualTime.Max(_resumedAt, new VirtualTime(_lanes.Max(l => l.Now.Picoseconds)));

    /// <summary>Everything before this time is done; what is sent from outside between two runs must act then or later.</summary>
    public VirtualTime Horizon => new(_lanes.Max(lane => lane.HorizonPicoseconds));

    /// <summary>Timed messages handled so far. Any thread.</summary>
    public long Steps => _lanes.Sum(lane => lane.Steps);

    /// <summary>Advances handled so far. Any thread.</summary>
    public long Advances => _lanes.Sum(lane => lane.AdvancesDone);

    /// <summary>Windows walked so far. Any thread.</summary>
    public long Windows => _lanes[0].Windows;

    /// <summary>Timed messages whose actor had ended before they were due; they went to dead letters. Any thread.</summary>
    public long Undeliverable => _lanes.Sum(lane => lane.Undeliverable);

    internal ReadOnlySpan<Lane> Lanes => _lanes;

    /// <summary>Whether every lane can have a core, so that waiting awake does not take it from another lane.</summary>
    internal bool MaySpin { get; }

    internal bool IsRunning => _running;

    internal bool StopRequested => _stopRequested;

    /// <summary>Props of a child that shall live on the lane of its parent: for <c>Context.ActorOf</c>.</summary>
    /// <exception cref="ArgumentException">The parent does not live on a lane.</exception>
    public static Props SameLane(IActorContext parent, Props props) =>
        (parent as ActorCell)?.Dispatcher is LaneDispatcher dispatcher
            ? props.WithDispatcher(dispatcher.Id)
            : throw new ArgumentException($"{parent.Self.Path} does not live on a lane; create it with LaneRuntime.Spawn", nameof(parent));

    /// <summary>Creates an actor on a lane; when the call returns, its constructor and <c>PreStart</c> have run.</summary>
    /// <param name="name">Name of the actor, unique on its lane.</param>
    /// <param name="props">What to create; its dispatcher is replaced.</param>
    /// <param name="lane">Number of the lane, from 0.</param>
    /// <exception cref="StepFailedException">The actor could not be created.</exception>
    /// <exception cref="InvalidOperationException">A run goes on: actors create children with <see cref="SameLane"/>.</exception>
    public IActorRef Spawn(string name, Props props, int lane = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lane);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(lane, _lanes.Length);
        RequireIdle();
        var root = (ActorCell)((RepointableActorRef)_roots[lane]).Underlying;
        IActorRef actor = root.ActorOf(props.WithDispatcher(DispatcherId(lane)), name);
        _lanes[lane].PumpUntil(static () => true);
        ThrowIfFailed();
        return actor;
    }

    /// <summary>Ends the actors and, unless it came from outside, the actor system.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Release())
        {
            if (_ownsSystem)
            {
                await System.Terminate();
            }
        }
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        if (Release() && _ownsSystem)
        {
            System.Terminate().Wait();
        }
    }

    private static ActorSystem CreateSystem(LaneSettings settings)
    {
        settings.Check();
        return ActorSystem.Create(settings.Name, ConfigurationFactory.ParseString(SystemConfig));
    }

    private string DispatcherId(int lane) => $"{Settings.Name}.lane-{lane}";

    private void StartLane(int index)
    {
        var lane = new Lane(this, index);
        lane.Connect(Settings.Lanes);
        lane.ConnectMembers(Exchange?.Members ?? 0);
        string id = DispatcherId(index);
        if (!System.Dispatchers.RegisterConfigurator(id, new LaneDispatcherConfigurator(lane, id, System.Dispatchers)))
        {
            throw new ArgumentException($"the actor system {System.Name} has lanes named {Settings.Name} already; give LaneSettings.Name another value");
        }

        bool started = false;
        _lanes[index] = lane;
        Action signal = () => started = true;
        Props props = Props.Create(() => new LaneRoot(signal)).WithDispatcher(id);
        _roots[index] = System.ActorOf(props, _ownsSystem ? $"lane-{index}" : $"{Settings.Name}-lane-{index}");
        lane.PumpUntil(() => started);

        // Akka's user guardian, on another thread, puts the real cell into the reference about when the cell starts.
        var root = (RepointableActorRef)_roots[index];
        SpinWait.SpinUntil(() => root.IsStarted);
    }

    private bool Release()
    {
        if (_disposed)
        {
            return false;
        }

        if (_running)
        {
            throw new InvalidOperationException("the lanes are running; cancel the run first");
        }

        _disposed = true;
        foreach (LaneWorker worker in _workers)
        {
            worker.Dispose();
        }

        for (int index = 0; index < _lanes.Length; index++)
        {
            System.Stop(_roots[index]);
            _lanes[index].Release();
        }

        return true;
    }

    private void RequireIdle()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_running)
        {
            throw new InvalidOperationException("a run goes on; between runs only. An actor creates children with Context.ActorOf(LaneRuntime.SameLane(...))");
        }
    }

    private void ThrowIfFailed()
    {
        StepFailure? first = _lanes.Select(lane => lane.Failure).Min();
        if (first is not null)
        {
            throw first.Exception;
        }
    }
}
