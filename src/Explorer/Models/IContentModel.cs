namespace HmmSim.Explorer.Models;

/// <summary>
/// A model whose words are names of contents that lie beside the states. A search that is kept in a file keeps the contents too, so that another
/// process can go on with it.
/// </summary>
public interface IContentModel : IModel
{
    /// <summary>All contents that words name so far.</summary>
    IEnumerable<byte[]> Contents();

    /// <summary>Takes in a content that a word of a kept state may name.</summary>
    void AddContent(byte[] content);
}
