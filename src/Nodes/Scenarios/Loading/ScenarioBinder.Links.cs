using System.Collections.Immutable;
using HmmSim.Nodes.Scenarios.Schema;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Scenarios.Loading;

/// <content>Links, and whether they connect all memories.</content>
internal sealed partial class ScenarioBinder
{
    private readonly Dictionary<(string From, string To), SourceMark> _linkMarks = [];
    private bool _linksAreWhole = true;

    private ImmutableArray<LinkSpec> BindLinks(SectionReader file)
    {
        List<LinkSpec> links = [];
        foreach (SectionReader link in Sections(file, "links", ScenarioSchema.Link))
        {
            BindLink(link, links);
        }

        return [.. links];
    }

    private void BindLink(SectionReader link, List<LinkSpec> links)
    {
        VirtualDuration latency = link.Value<VirtualDuration>("latency");
        Bandwidth bandwidth = link.Value<Bandwidth>("bandwidth");
        bool oneWay = link.Has("one_way") && link.Value<bool>("one_way");
        if (link.Has("between"))
        {
            Bandwidth reverse = link.Value<Bandwidth>("reverse_bandwidth") is { BytesPerSecond: > 0 } given ? given : bandwidth;
            ImmutableArray<string?> ends = ReferenceList(link, "between", "node");
            if (ends is [{ } first, { } second])
            {
                SourceMark mark = link.MarkOf("between");
                LinkSpec forward = new() { From = first, To = second, Latency = latency, Bandwidth = bandwidth };
                if (AddLink(links, mark, forward))
                {
                    AddLink(links, mark, forward with { From = second, To = first, Bandwidth = reverse });
                }

                return;
            }
        }
        else if (link.Has("from") && link.Has("to"))
        {
            string? from = Reference(link, "from", "node");
            string? to = Reference(link, "to", "node");
            if (link.Has("one_way") && !oneWay)
            {
                _problems.Add(link.MarkOf("one_way"), "a link with 'from' and 'to' has one direction", "one_way: true, or between");
                _linksAreWhole = false;
            }

            if (link.Has("reverse_bandwidth"))
            {
                _problems.Add(link.MarkOf("reverse_bandwidth"), "a link with 'from' and 'to' has no other direction", "reverse_bandwidth only with between");
            }

            if (from is not null && to is not null)
            {
                AddLink(links, link.MarkOf("from"), new LinkSpec { From = from, To = to, Latency = latency, Bandwidth = bandwidth });
                return;
            }
        }

        // Links that cannot be placed would make memories look unreachable that are not.
        _linksAreWhole = false;
    }

    private bool AddLink(List<LinkSpec> links, SourceMark mark, LinkSpec link)
    {
        if (link.From == link.To)
        {
            _problems.Add(mark, $"the link joins '{link.From}' to itself", "two different nodes");
        }
        else if (!_linkMarks.TryAdd((link.From, link.To), mark))
        {
            SourceMark first = _linkMarks[(link.From, link.To)];
            _problems.Add(mark, $"a second link from '{link.From}' to '{link.To}'; the first is in line {first.Line}", "one link with the bandwidth of both");
        }
        else
        {
            links.Add(link);
            return true;
        }

        _linksAreWhole = false;
        return false;
    }

    private string? Reference(SectionReader section, string key, string target)
    {
        string? name = section.Has(key) ? section.Value<string>(key) : null;
        return _names.Resolve(name, target, key, section.MarkOf(key)) ? name : null;
    }

    private ImmutableArray<string?> ReferenceList(SectionReader section, string key, string target)
    {
        KeySpec spec = new() { Name = key, Kind = ValueKind.Reference, Target = target, Meaning = "" };
        ImmutableArray<string?>.Builder names = ImmutableArray.CreateBuilder<string?>();
        foreach (YamlNode node in section.List(key))
        {
            string? name = (string?)ScalarReader.Read(spec, node, _problems);
            names.Add(_names.Resolve(name, target, key, node.Mark) ? name : null);
        }

        return names.ToImmutable();
    }

    private void CheckReachability(ImmutableArray<HostSpec> hosts, ImmutableArray<LinkSpec> links)
    {
        string[] memories = [.. hosts.SelectMany(host => host.Devices.Select(device => device.Name).Prepend(host.Cpu.Name)).Where(name => name.Length > 0)];
        if (!_linksAreWhole || memories.Length == 0)
        {
            return;
        }

        HashSet<string> reached = Reach(memories[0], links.Select(link => (link.From, link.To)));
        HashSet<string> reaching = Reach(memories[0], links.Select(link => (link.To, link.From)));
        foreach (string memory in memories.Skip(1).Where(memory => !reached.Contains(memory) || !reaching.Contains(memory)))
        {
            (string from, string to) = reached.Contains(memory) ? (memory, memories[0]) : (memories[0], memory);
            _problems.Add(_names.MarkOfNode(memory), $"no links lead from '{from}' to '{to}'", "links that join every memory to every other");
        }
    }

    // Devices end a path: nvidia-uvm never uses a device as a hop between two others.
    private HashSet<string> Reach(string start, IEnumerable<(string From, string To)> links)
    {
        ILookup<string, string> next = links.ToLookup(link => link.From, link => link.To, StringComparer.Ordinal);
        HashSet<string> reached = new(StringComparer.Ordinal) { start };
        Queue<string> open = new([start]);
        while (open.TryDequeue(out string? node))
        {
            foreach (string neighbour in next[node])
            {
                if (reached.Add(neighbour) && _names.NodeKind(neighbour) != NameKind.Device)
                {
                    open.Enqueue(neighbour);
                }
            }
        }

        return reached;
    }
}
