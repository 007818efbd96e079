using System.Collections.Immutable;
using HmmSim.Nodes.Scenarios.Schema;
using HmmSim.Nodes.Scenarios.Units;

namespace HmmSim.Nodes.Scenarios.Loading;

/// <content>Buffers, and whether they fit the RAM of their homes.</content>
internal sealed partial class ScenarioBinder
{
    private ImmutableArray<BufferSpec> BindBuffers(SectionReader file, ImmutableArray<HostSpec> hosts)
    {
        Dictionary<string, ByteSize> footprints = new(StringComparer.Ordinal);
        List<BufferSpec> buffers = [];
        foreach (SectionReader buffer in Sections(file, "buffers", ScenarioSchema.Buffer))
        {
            BufferSpec spec = new()
            {
                Name = Named(buffer, NameKind.Buffer),
                Size = buffer.Value<ByteSize>("size"),
                Home = Reference(buffer, "home", "CPU") ?? "",
                Access = buffer.Word<BufferAccess>("access"),
            };
            buffers.Add(spec);
            CheckFootprint(buffer, spec, hosts, footprints);
        }

        return [.. buffers];
    }

    private void CheckFootprint(SectionReader buffer, BufferSpec spec, ImmutableArray<HostSpec> hosts, Dictionary<string, ByteSize> footprints)
    {
        CpuSpec? home = hosts.Select(host => host.Cpu).FirstOrDefault(cpu => cpu.Name == spec.Home && cpu.Ram.Bytes > 0);
        if (home is null)
        {
            return;
        }

        ByteSize before = footprints.GetValueOrDefault(home.Name);
        ByteSize total = before + spec.Size;
        ByteSize room = home.Ram - home.GuestRam;
        footprints[home.Name] = total;
        // Only the buffer that passes the limit is named; those behind it would repeat the message.
        if (total > room && before <= room)
        {
            _problems.Add(
                buffer.MarkOf("size"),
                $"with '{spec.Name}' the buffers homed at '{home.Name}' need {total}",
                $"at most {room}, its ram without guest_ram");
        }
    }
}
