using System.Collections.Immutable;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Policies;

namespace HmmSim.Nodes.Scenarios.Loading;

/// <summary>What must hold between streams, processors and buffers.</summary>
internal sealed class StreamChecks(
    ProblemList problems,
    ImmutableArray<SectionReader> sections,
    ImmutableArray<StreamSpec> streams,
    ImmutableArray<BufferSpec> buffers,
    ImmutableArray<HostSpec> hosts)
{
    // What a CPU brings from another host at once.
    private static readonly ByteSize LeastGuestRam = ByteSize.FromKibibytes(64);

    private readonly StreamOrder _order = new(streams);

    public void Run()
    {
        for (int i = 0; i < streams.Length; i++)
        {
            CheckProcessor(sections[i], streams[i]);
            CheckBuffers(sections[i], streams[i]);
            CheckHomes(sections[i], streams[i]);
            CheckCycle(sections[i], streams[i]);
        }

        for (int i = 0; i < streams.Length; i++)
        {
            CheckUnmap(sections[i], streams[i]);
        }
    }

    private void CheckProcessor(SectionReader section, StreamSpec stream)
    {
        bool onCpu = hosts.Any(host => host.Cpu.Name == stream.Processor);
        bool onDevice = hosts.Any(host => host.Devices.Any(device => device.Name == stream.Processor));
        if (stream.Processor.Length > 0 && onDevice && section.Pattern == "unmap")
        {
            problems.Add(section.MarkOf("processor"), $"'{stream.Processor}' is a device and cannot unmap a buffer", "a CPU: munmap is a call of the program");
        }

        if (stream.Processor.Length > 0 && onCpu && stream.FaultAction == FaultAction.Map)
        {
            problems.Add(section.MarkOf("fault_action"), $"'{stream.Processor}' is a CPU and cannot map memory of a device", "fault_action: migrate");
        }
    }

    private void CheckBuffers(SectionReader section, StreamSpec stream)
    {
        switch (stream.Pattern)
        {
            case BufferPattern { Access: not AccessOperation.Read } pattern:
                CheckWritable(section, section.MarkOf("access"), pattern.Buffer);
                break;
            case StencilPattern stencil:
                CheckStencil(section, stencil);
                break;
        }
    }

    /// <summary>A CPU visits ranges of another host through RAM it lends to them, and frees only its own.</summary>
    private void CheckHomes(SectionReader section, StreamSpec stream)
    {
        if (hosts.FirstOrDefault(host => host.Cpu.Name == stream.Processor && stream.Processor.Length > 0) is not { } host)
        {
            return;
        }

        IEnumerable<(string What, string Home)> ranges = stream.Pattern is TracePattern trace
            ? [("recorded pages", trace.Home)]
            : buffers.Where(buffer => Uses(stream.Pattern, buffer.Name)).Select(buffer => ($"'{buffer.Name}'", buffer.Home));
        foreach ((string what, string home) in ranges.Where(range => range.Home.Length > 0 && range.Home != stream.Processor))
        {
            if (stream.Pattern is UnmapPattern)
            {
                problems.Add(section.MarkOf("processor"), $"'{stream.Processor}' unmaps {what}, whose home is '{home}'", $"processor: {home}");
            }
            else if (host.Cpu.GuestRam < LeastGuestRam)
            {
                problems.Add(
                    section.MarkOf("processor"),
                    $"'{stream.Processor}' visits {what}, whose home is '{home}', but its guest_ram is {host.Cpu.GuestRam}",
                    $"guest_ram of at least {LeastGuestRam} at '{stream.Processor}'");
            }
        }
    }

    private void CheckStencil(SectionReader section, StencilPattern stencil)
    {
        SourceMark mark = section.MarkOf("buffers");
        if (stencil.Source.Length > 0 && stencil.Source == stencil.Target)
        {
            problems.Add(mark, $"the stencil reads and writes the same buffer '{stencil.Source}'", "two different buffers");
        }

        CheckWritable(section, mark, stencil.Target);
        if (stencil.Iterations > 1)
        {
            CheckWritable(section, mark, stencil.Source);
        }

        ByteSize grid = new((long)stencil.Rows * stencil.Columns * StencilPattern.CellBytes);
        foreach (string name in new[] { stencil.Source, stencil.Target }.Distinct())
        {
            if (Find(name) is { Size.Bytes: > 0 } buffer && buffer.Size < grid)
            {
                problems.Add(mark, $"the grid needs {grid}, '{name}' has {buffer.Size}", "a smaller grid or a larger buffer");
            }
        }
    }

    private void CheckWritable(SectionReader section, SourceMark mark, string name)
    {
        if (Find(name) is { Access: BufferAccess.ReadOnly })
        {
            string stream = section.Has("name") ? $"the stream in line {section.Mark.Line}" : "a stream";
            problems.Add(mark, $"{stream} stores to '{name}', which is read_only", "access: read here, or access: read_write at the buffer");
        }
    }

    private void CheckCycle(SectionReader section, StreamSpec stream)
    {
        // Each cycle is told once, at its first stream.
        ImmutableArray<string> cycle = _order.CycleThrough(stream.Name);
        if (!cycle.IsEmpty && cycle.All(name => IndexOf(name) >= IndexOf(stream.Name)))
        {
            problems.Add(section.MarkOf("start_after"), $"these streams wait for each other: {string.Join(" after ", cycle)}", "an order without a cycle");
        }
    }

    private void CheckUnmap(SectionReader section, StreamSpec stream)
    {
        if (stream.Pattern is not UnmapPattern { Buffer.Length: > 0 } unmap)
        {
            return;
        }

        foreach (StreamSpec user in streams.Where(other => other != stream && Uses(other.Pattern, unmap.Buffer)))
        {
            if (!_order.ComesAfter(stream.Name, user.Name))
            {
                problems.Add(
                    section.MarkOf("buffer"),
                    $"'{stream.Name}' unmaps '{unmap.Buffer}' while '{user.Name}' may still use it",
                    $"'{user.Name}' in its start_after");
            }
        }
    }

    private static bool Uses(AccessPattern pattern, string buffer) => pattern switch
    {
        BufferPattern one => one.Buffer == buffer,
        StencilPattern two => two.Source == buffer || two.Target == buffer,
        UnmapPattern unmap => unmap.Buffer == buffer,
        _ => false,
    };

    private BufferSpec? Find(string name) => buffers.FirstOrDefault(buffer => buffer.Name == name && name.Length > 0);

    private int IndexOf(string name)
    {
        for (int i = 0; i < streams.Length; i++)
        {
            if (streams[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
