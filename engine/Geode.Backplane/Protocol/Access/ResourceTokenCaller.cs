using System.Globalization;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Access;

/// <summary>The holder of a resource token: may do what the token's permission allows, to one container, one thing in it, or one partition
/// key, and read of its container what clients need to know.</summary>
public sealed class ResourceTokenCaller(ResourceGrant grant) : Caller
{
    private readonly PartitionKeyValue? _key = grant.Key is null ? null : PartitionKeyValue.Parse(grant.Key);

    public override void Authorize(BackplaneRequest request)
    {
        CheckTime(request.Node.Replica.UnixSeconds);
        if (grant.IsRevoked(request.Node.Catalog))
            throw Refused("Its permission has been replaced or deleted.");
        var ask = Asks.Of(request);
        if (ask == Ask.ReadAccount)
            return;
        if (request.Path is not { Types: ["dbs", "colls", ..], Names.Length: >= 2 }
            || request.Node.Catalog.FindContainer(request.Path.Database, request.Path.Container) is not { } container
            || container.Number != grant.Container)
            throw Refused($"It is for something else than {request.Http.Request.Path}.");
        if (ask is Ask.ReadContainer or Ask.ReadRanges)
            return;
        if (!grant.WritesToo && !ask.Reads())
            throw Refused($"Its permission is of mode Read, which does not allow {ask.Words()}.");
        if (!(grant.Type is null ? IsInContainer(ask) : IsOfOne(ask, request)))
            throw Refused($"It does not allow {ask.Words()}.");
        if (_key is not null && ask != Ask.PlanQuery)
            CheckKey(request, container, ask);
    }

    public override void AuthorizeBatch(BackplaneRequest request, Container container, IReadOnlyList<BatchOperation> operations)
    {
        if (!grant.WritesToo && operations.Any(o => o.Type != BatchOperationType.Read))
            throw Refused("Its permission is of mode Read, which allows batches that only read.");
        if (_key is null || request.Flag(CosmosHeaders.BatchAtomic))
            return;
        foreach (var operation in operations)
            AuthorizeKey(container, operation.PartitionKey ?? "[]");
    }

    public override void AuthorizeKey(Container container, string key)
    {
        if (_key is not null && !Covers(container, PartitionKeyValue.Parse(key)))
            throw Refused("It is for another partition key.");
    }

    private void CheckTime(long now)
    {
        if (now < grant.Expires)
            return;
        throw new ProtocolException(
            403,
            $"The authorization token is not valid at the current time. Please create another token and retry (token start time: {Text(grant.Issued)}, token expiry time: {Text(grant.Expires)}, current server time: {Text(now)}).");
    }

    // What concerns the container as a whole or its scripts is beyond one partition key.
    private bool IsInContainer(Ask ask) => ask switch
    {
        Ask.WriteContainer or Ask.ReadScripts or Ask.WriteScript => _key is null,
        _ => ask is Ask.PlanQuery or Ask.ReadItem or Ask.CreateItem or Ask.UpsertItem or Ask.ReplaceItem or Ask.PatchItem or Ask.DeleteItem
            or Ask.Query or Ask.ReadFeed or Ask.ReadChangeFeed or Ask.Batch or Ask.DeletePartition or Ask.ReadConflicts or Ask.DeleteConflict or Ask.RunProcedure,
    };

    private bool IsOfOne(Ask ask, BackplaneRequest request) =>
        !request.Path.IsFeed && request.Path.Type == grant.Type && request.Path.Name == grant.Name && ask switch
        {
            // A trigger could write beside the one item.
            Ask.ReplaceItem or Ask.PatchItem or Ask.DeleteItem => !Scripts.Triggers.AreAsked(request),
            _ => ask is Ask.ReadItem or Ask.ReadScripts or Ask.WriteScript or Ask.RunProcedure,
        };

    private void CheckKey(BackplaneRequest request, Container container, Ask ask)
    {
        // The keys of other batches stand beside their operations; conflicts read by id have theirs inside.
        if (ask is Ask.ReadScripts or Ask.WriteScript || (ask == Ask.Batch && !request.Flag(CosmosHeaders.BatchAtomic)) || (ask is Ask.ReadConflicts or Ask.DeleteConflict && !request.Path.IsFeed))
            return;
        var isCovered = ItemKeys.OfScope(request, container) is { } key
            ? Covers(container, key)
            : ask is Ask.Query or Ask.ReadFeed or Ask.ReadChangeFeed && CoversRange(request, container);
        if (!isCovered)
            throw Refused($"It is for one partition key, which {CosmosHeaders.PartitionKey} must name.");
    }

    // The empty key, where items can have it, is a key as any other and not the beginning of them all.
    private bool Covers(Container container, PartitionKeyValue asked) =>
        Whole(container, _key!) is { Count: > 0 } key ? key.IsPrefixOf(Whole(container, asked)) : Whole(container, asked).Count == 0;

    // A client asks for what is below a prefix by its range. Elsewhere keys may share a range, and it is not enough.
    private bool CoversRange(BackplaneRequest request, Container container) =>
        container.Settings.Scheme == PartitionKeyScheme.MultiHash
        && EpkHeaders.Read(request) is { } range
        && EffectivePartitionKey.RangeOf(_key!, container.Settings.Scheme, container.Settings.PartitionKey.Length).Contains(range);

    // `[{}]` stands for a missing key however many levels there are.
    private static PartitionKeyValue Whole(Container container, PartitionKeyValue key) => key.IsNone ? ItemKeys.Whole(key, container) : key;

    private static string Text(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("R", CultureInfo.InvariantCulture);

    private static ProtocolException Refused(string why) => new(
        403, $"Insufficient permissions provided in the authorization header for the corresponding request. Please retry with another authorization header. {why}");
}
