using System.Text;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Storage;

/// <summary>What a replica holds: a state machine over commits. The same commits in the same order give the same state, whether they
/// come from a client, a peer or the log. Written by the replica's writer only.</summary>
public sealed partial class ReplicaState(ReplicaOptions options)
{
    // Documents of containers whose creation, made in a third region, has not arrived yet.
    private readonly Dictionary<ulong, List<(Commit Commit, Operation Operation)>> _orphans = [];

    private GrowingVector _applied = new(VersionVector.Empty);

    public Catalog Catalog { get; } = new(options);

    /// <summary>What has been applied, by region.</summary>
    public VersionVector Applied
    {
        get => _applied.Take();
        private set => _applied = new(value);
    }

    /// <summary>How many commits this replica has applied.</summary>
    public long Ticket { get; private set; }

    /// <summary>Losing versions met here since the start; for status and metrics.</summary>
    public ConflictCounts Conflicts { get; } = new();

    /// <summary>True when the commit is new and nothing of its origin before it is missing.</summary>
    public bool IsNext(Commit commit) =>
        _applied[commit.Dot.Region] is var known && known < commit.Dot.Sequence && known >= commit.Previous;

    public void Apply(Commit commit)
    {
        Ticket++;
        for (var i = 0; i < commit.Operations.Count; i++)
        {
            var operation = commit.Operations[i];
            if (operation.Kind is OperationKind.PutResource or OperationKind.DeleteResource)
                ApplyResource(commit, operation);
            else
                ApplyDocument(commit, operation);
        }

        _applied.Add(commit.Dot);
    }

    /// <summary>The last sequence number applied of that region.</summary>
    public long AppliedOf(RegionId region) => _applied[region];

    /// <summary>The operations, and for each write that takes the place of losing versions a record of these.</summary>
    public IReadOnlyList<Operation> KeepingConflicts(IReadOnlyList<Operation> operations)
    {
        List<Operation>? extended = null;
        foreach (var operation in operations)
        {
            if (operation.Kind is not (OperationKind.PutDocument or OperationKind.DeleteDocument)
                || Catalog.ByNumber(operation.Container) is not { Settings.KeepsConflicts: true } container || !container.Conflicts.IsContested)
                continue;
            foreach (var loser in container.Conflicts.Standing(new ItemKey(operation.PartitionKey, operation.Id)))
                (extended ??= [.. operations]).Add(new Operation(OperationKind.KeepConflict, operation.Container, loser.Rid, loser.Key.Id, loser.Key.PartitionKey, loser.Json));
        }

        return extended ?? operations;
    }

    private void ApplyResource(Commit commit, Operation operation)
    {
        if (Catalog.Apply(commit, operation) is { } made && _orphans.Remove(made.Number, out var waiting))
        {
            foreach (var (earlier, document) in waiting)
                ApplyDocument(earlier, document);
        }
    }

    private void ApplyDocument(Commit commit, Operation operation)
    {
        if (Catalog.FindContainer(operation.Container) is not { } container)
        {
            if (Catalog.IsDead(operation.Container))
                return;
            if (!_orphans.TryGetValue(operation.Container, out var waiting))
                _orphans[operation.Container] = waiting = [];
            waiting.Add((commit, operation));
            return;
        }

        if (operation.Kind is OperationKind.KeepConflict or OperationKind.DeleteConflict)
        {
            ApplyConflict(container, commit, operation);
            return;
        }

        var key = new ItemKey(operation.PartitionKey, operation.Id);
        var hash = container.PlaceOf(operation.PartitionKey).Hash;
        var partition = container.PartitionOf(hash);
        var slot = partition.SlotOf(key);
        var current = slot?.Current;
        if (operation.Kind == OperationKind.ExpireDocument)
        {
            if (current is { Gone: false } && Encoding.ASCII.GetString(operation.Json.Span) == current.ETag)
                container.Follow(partition, current, partition.Put(current.Expire(Ticket), slot), commit.Dot);
            return;
        }

        var incoming = new Document
        {
            Commit = commit,
            Operation = operation,
            HashPrefix = hash,
            Ticket = Ticket,
            ExpiresAt = Expiry.Of(container.Settings, commit, operation),
        };
        container.LastDocumentCounter = Math.Max(container.LastDocumentCounter, DocumentNumber.Counter(operation.Rid));
        var merged = ResolverOf(container).Merge(current, incoming);
        Conflicts.Count(current, merged);
        if (ReferenceEquals(merged, current))
            return;
        var put = partition.Put(merged, slot);
        if (container.Settings.KeepsConflicts && (put.Conflict ?? current?.Conflict) is not null)
            container.Conflicts.Track(put);
        container.Follow(partition, current, put, commit.Dot);
    }

    private static void ApplyConflict(Container container, Commit commit, Operation operation)
    {
        if (operation.Kind == OperationKind.DeleteConflict)
            container.Conflicts.Close(operation.Id, commit.Dot);
        else
            container.Conflicts.Keep(ConflictOf(operation));
    }

    /// <summary>The conflict that a <see cref="OperationKind.KeepConflict"/> records; its id comes from the losing version's etag.</summary>
    internal static Conflict ConflictOf(Operation kept)
    {
        using var document = JsonDocument.Parse(kept.Json, ItemText.DocumentOptions);
        var etag = document.RootElement.GetProperty("_etag"u8).GetString()!;
        return new Conflict(Conflict.IdOf(etag, kept.Rid), new ItemKey(kept.PartitionKey, kept.Id), kept.Rid, kept.Json);
    }

    private IConflictResolver ResolverOf(Container container) => container.Resolver ??= options.Resolver(d => ConflictValue(container.Settings, d));

    private static double ConflictValue(ContainerSettings settings, Document document)
    {
        // `_ts` is the commit's clock in seconds: the clock itself, compared next, decides the same way and finer.
        if (ReferenceEquals(settings.ConflictPath, ContainerSettings.TimestampPath))
            return 0;
        var key = PartitionKeyExtractor.Extract(document.Json.Span, [settings.ConflictPath]);
        return key[0].Type == PartitionKeyType.Number ? key[0].Number : double.NegativeInfinity;
    }
}
