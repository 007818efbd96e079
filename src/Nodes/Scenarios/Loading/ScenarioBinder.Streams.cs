using System.Collections.Immutable;
using HmmSim.Nodes.Scenarios.Schema;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Scenarios.Loading;

/// <content>Streams and their patterns.</content>
internal sealed partial class ScenarioBinder
{
    private ImmutableArray<StreamSpec> BindStreams(SectionReader file, ImmutableArray<HostSpec> hosts, ImmutableArray<BufferSpec> buffers)
    {
        ImmutableArray<SectionReader> sections = Sections(file, "streams", StreamSchema.Stream);
        // All names first: a stream may wait for one that stands further down.
        ImmutableArray<string> names = [.. sections.Select(section => Named(section, NameKind.Stream))];
        ImmutableArray<StreamSpec> streams = [.. sections.Select((section, index) => BindStream(section, names[index], hosts))];
        new StreamChecks(_problems, sections, streams, buffers, hosts).Run();
        return streams;
    }

    private StreamSpec BindStream(SectionReader stream, string name, ImmutableArray<HostSpec> hosts)
    {
        string? processor = Reference(stream, "processor", "processor");
        return new StreamSpec
        {
            Name = name,
            Processor = processor ?? "",
            Pattern = BindPattern(stream, stream.Pattern, processor, hosts),
            Warps = stream.Integer("warps"),
            PagesPerTurn = stream.Integer("pages_per_turn"),
            TimePerAccess = stream.Value<VirtualDuration>("time_per_access"),
            FaultAction = stream.Word<FaultAction>("fault_action"),
            StartAfter = [.. ReferenceList(stream, "start_after", "stream").OfType<string>()],
            StartAt = stream.Value<VirtualDuration>("start_at"),
        };
    }

    private AccessPattern BindPattern(SectionReader stream, string? pattern, string? processor, ImmutableArray<HostSpec> hosts) => pattern switch
    {
        "sequential" => new SequentialPattern
        {
            Buffer = BufferOf(stream),
            Access = stream.Word<AccessOperation>("access"),
            Passes = stream.Integer("passes"),
            AccessesPerPage = stream.Integer("accesses_per_page"),
        },
        "strided" => new StridedPattern
        {
            Buffer = BufferOf(stream),
            Access = stream.Word<AccessOperation>("access"),
            Passes = stream.Integer("passes"),
            StridePages = stream.Integer("stride"),
            AccessesPerPage = stream.Integer("accesses_per_page"),
        },
        "random" => new RandomPattern
        {
            Buffer = BufferOf(stream), Access = stream.Word<AccessOperation>("access"), Accesses = stream.Value<long>("accesses"),
        },
        "pointer_chase" => new PointerChasePattern
        {
            Buffer = BufferOf(stream), Access = stream.Word<AccessOperation>("access"), Steps = stream.Value<long>("steps"),
        },
        "stencil" => BindStencil(stream),
        "trace" => BindTrace(stream, processor, hosts),
        "unmap" => new UnmapPattern { Buffer = BufferOf(stream) },
        null => BindUnknownPattern(stream),
        _ => throw new InvalidOperationException($"the pattern '{pattern}' stands in the schema but nothing builds it"),
    };

    private static UnmapPattern BindUnknownPattern(SectionReader stream)
    {
        if (stream.Has("pattern"))
        {
            // The pattern could not be read; this read notes why.
            stream.Value<string>("pattern");
        }

        return new UnmapPattern { Buffer = "" };
    }

    private string BufferOf(SectionReader stream) => Reference(stream, "buffer", "buffer") ?? "";

    private StencilPattern BindStencil(SectionReader stream)
    {
        ImmutableArray<string?> buffers = ReferenceList(stream, "buffers", "buffer");
        return new StencilPattern
        {
            Source = buffers is [{ } source, _] ? source : "",
            Target = buffers is [_, { } target] ? target : "",
            Rows = stream.Integer("rows"),
            Columns = stream.Integer("columns"),
            Iterations = stream.Integer("iterations"),
            RowsPerTurn = stream.Integer("rows_per_turn"),
        };
    }

    private TracePattern BindTrace(SectionReader stream, string? processor, ImmutableArray<HostSpec> hosts)
    {
        string file = (stream.Has("file") ? stream.Value<string>("file") : null) ?? "";
        string? home = stream.Has("home")
            ? Reference(stream, "home", "CPU")
            : hosts.FirstOrDefault(host => host.Cpu.Name == processor || host.Devices.Any(device => device.Name == processor))?.Cpu.Name;
        string fullPath = file.Length == 0 ? "" : Path.GetFullPath(file.Replace('\0', '_'), _folder);
        return new TracePattern
        {
            File = file,
            FullPath = fullPath,
            ContentDigest = file.Length == 0 ? "" : TraceFile.Digest(file, fullPath, stream.MarkOf("file"), _problems),
            Limit = stream.Has("limit") ? stream.Value<long>("limit") : null,
            Home = home ?? "",
        };
    }
}
