namespace Geode.Blobs.Storage;

// The side that copies: an account that takes what another one has, and nothing else.
public sealed partial class BlobAccount
{
    private const string PositionFile = "position.json";

    /// <summary>How far the copy is.</summary>
    public CopyPosition Position => Files.Read<KeptPosition>(PositionFile)?.Position ?? CopyPosition.None;

    /// <summary>Takes a state of the original, whose content is in the files here.</summary>
    /// <param name="position">How far the copy is with it.</param>
    public void Take(BlobRecord record, CopyPosition position)
    {
        lock (_gate)
        {
            var before = record.IsContainer ? _containers.GetValueOrDefault(record.Container) : Find(record.Container, record.Name);
            if (record.IsDeleted)
                Discard(record, before);
            else
            {
                Files.Save(record);
                Replace(before, record);
            }

            Keep(position);
        }
    }

    /// <summary>The copy has all that the original had at that time.</summary>
    public void Synced(CopyPosition position)
    {
        lock (_gate)
            Keep(position);
    }

    private void Keep(CopyPosition position) => Files.Write(PositionFile, new KeptPosition(position, _bySequence.Count));

    // Whoever copies numbers nothing, and need not remember what is gone.
    private void Discard(BlobRecord deletion, BlobRecord? before)
    {
        if (deletion.IsContainer)
            DropBlobs(deletion.Container, deletion.Sequence);
        if (before is null)
            return;
        Files.Remove(before);
        if (before.ContentId is { } content)
            Files.Delete(content);
        Hide(before);
    }

    /// <param name="Records">How many there were with it: if there are others at the next start, some are lost, or a change was cut off in the middle.</param>
    private sealed record KeptPosition(CopyPosition Position, int Records);
}

/// <summary>How far a copy is: it has all changes of that history up to that number, and all that the original had at that time.</summary>
public sealed record CopyPosition(string History, long Sequence, DateTimeOffset? SyncedAt)
{
    public static CopyPosition None { get; } = new("", 0, null);
}
