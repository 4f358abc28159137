using Geode.Blobs.Storage;

namespace Geode.Blobs.Replication;

/// <summary>The taking side: lets changes arrive when the link's delay has passed, in the order of the original.</summary>
/// <param name="account">The copy.</param>
public sealed class CopyReceiver(BlobAccount account, IBlobLink link, TimeProvider time)
{
    private readonly SemaphoreSlim _turn = new(1);

    public BlobAccount Account => account;

    /// <summary>Takes a batch, all of it or nothing.</summary>
    /// <param name="heading">What the sender says of it.</param>
    /// <param name="changes">As <see cref="ChangeFrames"/> writes them.</param>
    /// <returns>How far the copy is now; null: the link is down.</returns>
    /// <exception cref="InvalidDataException">Not a batch.</exception>
    /// <exception cref="IOException">It broke off.</exception>
    public async Task<CopyPosition?> ReceiveAsync(BatchHeading heading, Stream changes, CancellationToken cancellation)
    {
        var arrived = new List<BlobRecord>();
        try
        {
            if (!link.IsUp)
                return null;
            while (await ChangeFrames.ReadAsync(changes, cancellation) is { } record)
                arrived.Add(await StoredAsync(record, changes, cancellation));
            await Task.Delay(link.Transit(), time, cancellation);
            // It may have gone down meanwhile: then nothing of this has arrived.
            return link.IsUp ? await TakeAsync(heading, arrived, cancellation) : null;
        }
        finally
        {
            foreach (var record in arrived)
            {
                if (record.ContentId is { } content)
                    account.Files.Delete(content);
            }
        }
    }

    private async Task<BlobRecord> StoredAsync(BlobRecord record, Stream changes, CancellationToken cancellation)
    {
        if (record.ContentId is null)
            return record;
        var content = await account.Files.AddAsync([new PartOfStream(changes, record.Length)], record.Length, cancellation);
        return record with { ContentId = content.Id };
    }

    private async Task<CopyPosition> TakeAsync(BatchHeading heading, List<BlobRecord> arrived, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var position = account.Position;
            if (position.History != heading.History)
                position = new(heading.History, 0, position.SyncedAt);
            // Something between is missing: the sender reads here where to go on.
            if (heading.After > position.Sequence)
                return position;
            for (var i = 0; i < arrived.Count; i++)
            {
                if (arrived[i].Sequence <= position.Sequence)
                    continue;
                position = position with { Sequence = arrived[i].Sequence, SyncedAt = arrived[i].Time };
                account.Take(arrived[i], position);
                // Its content is the account's from here on.
                arrived[i] = arrived[i] with { ContentId = null };
            }

            position = position with { SyncedAt = heading.Time > position.SyncedAt || position.SyncedAt is null ? heading.Time : position.SyncedAt };
            account.Synced(position);
            return position;
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>What is said of a batch of changes.</summary>
/// <param name="History">Whose numbers these are: <see cref="BlobAccount.History"/>.</param>
/// <param name="After">The copy has all up to this number; the batch has all that follow, up to its last one.</param>
/// <param name="Time">With the batch the copy has all that the original had at this time.</param>
public sealed record BatchHeading(string History, long After, DateTimeOffset Time);
