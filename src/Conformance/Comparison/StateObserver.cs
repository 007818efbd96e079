using HmmSim.Conformance.Replay;
using HmmSim.Conformance.Systems;
using HmmSim.Conformance.Traces;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Processes;

namespace HmmSim.Conformance.Comparison;

/// <summary>Looks at every window in use of every process that lives, and writes what it sees in the form of the trace.</summary>
internal sealed class StateObserver(ICallSystem system, OperationTranslator translator)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string Digits = "0123456789abcdef";
    private const char Alone = '-';
    private const char OutOfLetters = '?';
    private const int NotNamed = -1;

    private readonly ObservedWindow[] _windows =
        [.. Enumerable.Range(0, TraceScript.ProcessSlots * TraceScript.Windows).Select(_ => new ObservedWindow())];

    // By identity: entries that name it, and then the letter it has got.
    private readonly Dictionary<ulong, (int Count, int Letter)> _sharers = [];

    /// <summary>A window of a process as it was seen last.</summary>
    public ObservedWindow this[int process, int window] => _windows[(process * TraceScript.Windows) + window];

    /// <summary>Looks at everything.</summary>
    public void Observe()
    {
        _sharers.Clear();
        for (int process = 0; process < TraceScript.ProcessSlots; process++)
        {
            for (int window = 0; window < TraceScript.Windows; window++)
            {
                Observe(process, window);
            }
        }

        WriteLetters();
    }

    private void Observe(int process, int window)
    {
        ObservedWindow observed = this[process, window];
        int pages = translator.PagesOf(window);
        if (pages == 0 || !translator.Processes.IsAlive(process))
        {
            observed.Clear();
            return;
        }

        observed.Begin(pages);
        AddressSpaceId space = translator.Processes.SpaceOf(process);
        for (int page = 0; page < pages; page++)
        {
            PageObservation seen = system.Observe(space, WindowAddresses.PageOf(window, page));
            observed.Entries[2 * page] = seen.Letter;
            observed.Identities[page] = seen.Identity;
            if (seen.Identity != 0)
            {
                int count = _sharers.TryGetValue(seen.Identity, out (int Count, int Letter) sharers) ? sharers.Count : 0;
                _sharers[seen.Identity] = (count + 1, NotNamed);
            }
        }

        for (int device = 0; device < TraceScript.Devices; device++)
        {
            ObservePermissions(observed, process, window, device);
        }
    }

    private void ObservePermissions(ObservedWindow observed, int process, int window, int device)
    {
        DeviceHandle? handle = translator.Processes.OwnHandle(process, device);
        observed.IsOpen[device] = handle is not null;
        if (handle is null)
        {
            return;
        }

        Span<char> text = observed.Permissions(device);
        for (int page = 0; page < observed.Pages; page++)
        {
            byte permission = system.Permission(device, handle.Mirror, handle.Space, WindowAddresses.PageOf(window, page));
            text[2 * page] = Digits[permission >> 4];
            text[(2 * page) + 1] = Digits[permission & 0xf];
        }
    }

    // Letters go to what several entries name, in the order process, window, page.
    private void WriteLetters()
    {
        int next = 0;
        foreach (ObservedWindow observed in _windows.Where(window => window.IsThere))
        {
            for (int page = 0; page < observed.Pages; page++)
            {
                char letter = Alone;
                if (observed.Identities[page] is not 0 and ulong identity && _sharers[identity] is { Count: > 1 } sharers)
                {
                    if (sharers.Letter == NotNamed)
                    {
                        sharers.Letter = next++;
                        _sharers[identity] = sharers;
                    }

                    letter = sharers.Letter < Letters.Length ? Letters[sharers.Letter] : OutOfLetters;
                }

                observed.Entries[(2 * page) + 1] = letter;
            }
        }
    }
}
