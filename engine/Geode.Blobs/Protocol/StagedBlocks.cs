using System.Collections.Concurrent;
using Geode.Blobs.Storage;

namespace Geode.Blobs.Protocol;

/// <summary>Blocks that have come and are in no blob yet. They are not kept beyond the process: a client whose upload was cut short begins anew.</summary>
internal sealed class StagedBlocks
{
    private readonly ConcurrentDictionary<BlobKey, ConcurrentDictionary<string, BlobContent>> _byBlob = [];

    /// <summary>Takes a block, in the place of an earlier one of that id.</summary>
    /// <returns>The content that it replaces; null: none.</returns>
    public BlobContent? Add(BlobKey blob, string id, BlobContent content)
    {
        BlobContent? before = null;
        _byBlob.GetOrAdd(blob, _ => []).AddOrUpdate(id, content, (_, old) =>
        {
            before = old;
            return content;
        });
        return before;
    }

    /// <summary>The blocks of a blob; they are kept no longer.</summary>
    public IReadOnlyDictionary<string, BlobContent> Take(BlobKey blob) => _byBlob.TryRemove(blob, out var blocks) ? blocks : [];
}
