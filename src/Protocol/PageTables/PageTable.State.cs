using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.State;

namespace HmmSim.Protocol.PageTables;

/// <summary>The state as bytes. A block that is split though it need not be is written whole: both say the same.</summary>
public sealed partial class PageTable<TLayout>
{
    /// <summary>Writes the entries of all blocks that have any.</summary>
    public void Save(StateWriter writer)
    {
        writer.List([.. NonEmptyBlocks().Where(block => !CanBeWhole(block, out ulong entry) || entry != 0)], (writer, block) =>
        {
            writer.Number(block.Value);
            bool isWhole = CanBeWhole(block, out ulong entry);
            writer.Flag(isWhole);
            if (isWhole)
            {
                writer.Word(entry);
            }
            else
            {
                writer.Words(TableOf(block));
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
                Pmd pmd = FindOrAdd(block.Value);
                SetTable(pmd, (int)(block.Value & IndexMask), reader.Words(Named));
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

    /// <summary>True if one entry can say what the block holds, be it split or not.</summary>
    private bool CanBeWhole(VirtualBlockNumber block, out ulong entry) =>
        TryGetWhole(block, out entry) || IsUniform(TableOf(block), out entry);

    private PageWords TableOf(VirtualBlockNumber block) => Find(block.Value)!.TableAt((int)(block.Value & IndexMask));
}
