using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.State;

namespace HmmSim.Protocol.PageTables;

/// <summary>The state as bytes. A block that is split though it need not be is written whole: both say the same.</summary>
public sealed partial class PageTable<TLayout>
{
    /// <summary>Writes the entries of all blocks that have any.</summary>
    public void Save(StateWriter writer)
    {
        writer.List([.. NonEmptyBlocks().Where(block => !IsEmpty(block))], (writer, block) =>
        {
            writer.Number(block.Value);
            bool isWhole = TryGetWhole(block, out ulong entry) || IsUniform(Entries(block), out entry);
            writer.Flag(isWhole);
            if (isWhole)
            {
                writer.Word(entry);
            }
            else
            {
                writer.Sparse(Entries(block));
            }
        });
    }

    /// <summary>Takes on entries; what was here is forgotten.</summary>
    /// <exception cref="InvalidStateException">The bytes are no such state.</exception>
    public void Load(StateReader reader)
    {
        Clear();
        for (int count = reader.Count(); count > 0; count--)
        {
            VirtualBlockNumber block = new(reader.Number());
            if (block.FirstPage.Value >> VirtualPageNumber.Bits != 0)
            {
                throw new InvalidStateException($"block {block} beyond 57-bit addresses");
            }

            if (reader.Flag())
            {
                SetWhole(block, Named(reader, reader.Word()));
            }
            else
            {
                Span<ulong> entries = Split(block);
                reader.Sparse(entries);
                for (int page = 0; reader.Renaming is not null && page < entries.Length; page++)
                {
                    entries[page] = Named(reader, entries[page]);
                }
            }
        }
    }

    /// <summary>Forgets all entries; the nodes stay for new ones.</summary>
    internal void Clear()
    {
        foreach (VirtualBlockNumber block in NonEmptyBlocks())
        {
            SetWhole(block, 0);
        }
    }

    /// <summary>An entry with its frame under the new name.</summary>
    private static ulong Named(StateReader reader, ulong entry)
    {
        PageFrameNumber frame = TLayout.FrameOf(entry);
        return TLayout.Advance(entry, (int)(reader.Named(frame).Value - frame.Value));
    }

    private static bool IsUniform(ReadOnlySpan<ulong> entries, out ulong first)
    {
        first = entries[0];
        for (int page = 1; page < entries.Length; page++)
        {
            if (entries[page] != TLayout.Advance(first, page))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsEmpty(VirtualBlockNumber block) => !TryGetWhole(block, out ulong entry) ? !Entries(block).ContainsAnyExcept(0UL) : entry == 0;
}
