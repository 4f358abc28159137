using Geode.Backplane.Storage.Snapshots;

namespace Geode.Backplane.Storage;

/// <content>The state as a whole: saved, taken over, joined with another replica's, and rid of what nobody can ask for any more.</content>
public sealed partial class ReplicaState
{
    /// <summary>The state as it is. Only references are copied, so that the writer is not held up for long.</summary>
    internal Snapshot Save(OriginHistory history) => new(
        Applied,
        Ticket,
        [.. Catalog.All],
        [.. Catalog.Containers.Select(c => c.Conflicts.Save() is var conflicts
            ? new SavedContainer(c.Number, [.. c.Partitions.Select(p => new SavedPartition(p.Lsn, p.All()))], conflicts.Kept, conflicts.Closed)
            : null!)],
        [.. _orphans.Values.SelectMany(o => o).Select(o => new SavedOperation(o.Commit, o.Operation))],
        history.All(),
        history.Floor);

    /// <summary>Takes over a state; this one is empty.</summary>
    internal void Load(Snapshot snapshot)
    {
        foreach (var entry in snapshot.Catalog)
            Catalog.Apply(entry.Commit, entry.Operation);
        foreach (var saved in snapshot.Containers)
        {
            if (Catalog.ByNumber(saved.Number) is not { } container)
                continue;
            if (saved.Partitions.Count == container.Partitions.Count)
            {
                for (var i = 0; i < container.Partitions.Count; i++)
                    container.Partitions[i].Load(saved.Partitions[i].Documents, saved.Partitions[i].Lsn);
            }
            else
            {
                // The number of partitions was changed between two starts.
                foreach (var document in saved.Partitions.SelectMany(p => p.Documents))
                    container.PartitionOf(document.HashPrefix).Put(document);
            }

            foreach (var document in saved.Partitions.SelectMany(p => p.Documents))
                Took(container, document);
            TakeConflicts(container, saved);
            foreach (var partition in container.Partitions)
                partition.History.Begin(partition.Lsn, snapshot.Applied);
        }

        foreach (var orphan in snapshot.Orphans)
            ApplyDocument(orphan.Commit, orphan.Operation);
        (Applied, Ticket) = (snapshot.Applied, snapshot.Ticket);
    }

    /// <summary>Takes in everything that another replica holds: what either has applied counts as applied.</summary>
    internal void Join(Snapshot other)
    {
        Ticket++;
        foreach (var entry in other.Catalog)
            ApplyResource(entry.Commit, entry.Operation);
        foreach (var saved in other.Containers)
        {
            if (Catalog.ByNumber(saved.Number) is { } container)
                Join(container, saved, other.Applied);
        }

        foreach (var orphan in other.Orphans.Where(o => !Applied.Covers(o.Commit.Dot)))
            ApplyDocument(orphan.Commit, orphan.Operation);
        Applied = Applied.Join(other.Applied);
    }

    /// <summary>Forgets deleted items and closed conflicts that no commit to come can bring back.</summary>
    /// <param name="stable">Every region has these commits, and what was written without knowing them has arrived here.</param>
    internal int Forget(VersionVector stable)
    {
        var count = 0;
        foreach (var container in Catalog.Containers)
        {
            foreach (var partition in container.Partitions)
            {
                foreach (var document in partition.Tombstones(stable))
                {
                    // A write to the item has to find what it must keep for the record.
                    if (container.Conflicts.Standing(new ItemKey(document.PartitionKey, document.Id)).Count > 0)
                        continue;
                    partition.Remove(document);
                    container.Conflicts.Drop(document);
                    count++;
                }
            }

            container.Conflicts.Forget(stable);
        }

        return count;
    }

    private void Join(Container container, SavedContainer saved, VersionVector theirs)
    {
        var resolver = new ConflictResolver(d => ConflictValue(container.Settings, d));
        var documents = saved.Partitions.SelectMany(p => p.Documents).ToDictionary(d => new ItemKey(d.PartitionKey, d.Id));
        // What they had applied and no longer hold was deleted, and everybody knew: it goes here too.
        foreach (var own in container.Partitions.SelectMany(p => p.All()).Where(d => !documents.ContainsKey(new ItemKey(d.PartitionKey, d.Id))))
        {
            if (resolver.Join(own, Applied, null, theirs) is { } left)
            {
                Put(container, own, left);
                continue;
            }

            container.PartitionOf(own.HashPrefix).Remove(own);
            container.Conflicts.Drop(own);
        }

        foreach (var (key, document) in documents)
        {
            var own = container.PartitionOf(document.HashPrefix).Find(key);
            if (resolver.Join(own, Applied, document, theirs) is { } joined)
                Put(container, own, joined);
        }

        TakeConflicts(container, saved);
    }

    private void Put(Container container, Document? own, Document joined)
    {
        if (ReferenceEquals(own, joined))
            return;
        var partition = container.PartitionOf(joined.HashPrefix);
        var taken = partition.Put(joined.Taken(Ticket));
        Took(container, taken);
        container.Follow(partition, own, taken, taken.Dot);
    }

    private static void Took(Container container, Document document)
    {
        container.LastDocumentCounter = Math.Max(container.LastDocumentCounter, DocumentNumber.Counter(document.Rid));
        if (container.Settings.KeepsConflicts)
            container.Conflicts.Track(document);
    }

    private static void TakeConflicts(Container container, SavedContainer saved)
    {
        foreach (var (id, by) in saved.Closed)
            container.Conflicts.Close(id, by);
        foreach (var kept in saved.Kept)
            container.Conflicts.Keep(kept);
    }
}
