using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Nodes.Simulation;

namespace HmmSim.Nodes.Checkpoints;

/// <summary>Takes checkpoints of a run in this process: asks for a cut now and then, and writes each while the run goes on.</summary>
internal sealed class LocalCheckpoints : IDisposable
{
    private const string PartName = "part-000.bin";
    private readonly LocalSimulation _simulation;
    private readonly CheckpointSettings _settings;
    private readonly CheckpointNumbers _numbers;
    private readonly Timer _timer;
    private volatile Task _writing = Task.CompletedTask;
    private long _notBefore;

    /// <summary>Begins to ask for cuts.</summary>
    public LocalCheckpoints(Scenario scenario, LocalSimulation simulation, CheckpointSettings settings)
    {
        _simulation = simulation;
        _settings = settings;
        _numbers = new CheckpointNumbers(scenario, settings.Store!);
        _timer = new Timer(Ask, null, settings.Every, settings.Every);
    }

    /// <summary>Saves the run, which has been cut, and lets it go on. A cut that was asked for before the last one was taken is passed over.</summary>
    public void Take()
    {
        if (!_writing.IsCompleted)
        {
            return; // two writers would clear away each other's unfinished files
        }

        long begin = Stopwatch.GetTimestamp();
        RunCut cut = _simulation.Cut();
        TimeSpan pause = Stopwatch.GetElapsedTime(begin);
        _settings.Tally.CountCut(pause);
        Volatile.Write(ref _notBefore, _settings.NotBefore(pause));
        _writing = Task.Run(() => Write(cut, pause));
    }

    /// <summary>Waits for the checkpoint that is being written.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _writing.Wait();
    }

    private void Ask(object? state)
    {
        // A store that is slower than the interval gets fewer checkpoints, and so does a run that has much to copy.
        if (_writing.IsCompleted && Environment.TickCount64 >= Volatile.Read(ref _notBefore))
        {
            _simulation.RequestCut();
        }
    }

    // No exception leaves: a run does not end because its checkpoint could not be written.
    private void Write(RunCut cut, TimeSpan pause)
    {
        long number = _numbers.Next();
        try
        {
            using MemoryStream content = new();
            PartFile.Write(content, cut);
            ReadOnlySpan<byte> bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
            CheckpointPart part = new(PartName, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), cut.Nodes);
            using ICheckpointWriter writer = _settings.Store!.Begin(number);
            writer.Append(PartName, bytes);
            CheckpointManifest manifest = _numbers.Manifest(number, cut.Earliest.Picoseconds, cut.LastStep.Picoseconds, [part]);
            writer.Commit(ManifestText.Write(manifest));
            _settings.Tally.CountPart(bytes.Length);
            _settings.Note(Describe(manifest) + string.Create(CultureInfo.InvariantCulture, $", the run paused for {pause.TotalMilliseconds:0.0} ms"));
        }
        catch (CheckpointException exception)
        {
            _settings.Note($"checkpoint {number} was not written, the run goes on: {exception.Message}");
        }
    }

    /// <summary>A checkpoint in a few words.</summary>
    public static string Describe(CheckpointManifest manifest) => string.Create(
        CultureInfo.InvariantCulture,
        $"checkpoint {manifest.Number} at {DurationText.ToDisplayString(new(manifest.VirtualTime.Picoseconds))} of virtual time: {manifest.Bytes:N0} bytes");
}
