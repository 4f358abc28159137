using Geode.Service.Hosting;
using Geode.Service.Identity;
using Geode.Service.Sessions;

namespace Geode.Service.Idempotency;

/// <summary>Makes a document once, however often and in however many regions its request arrives.</summary>
/// <remarks>The document's id follows from visitor and key, so two regions that have not met write the same document, not two. The
/// record beside it answers for a document that was deleted since, and for a key that meets another request.</remarks>
public sealed class IdempotentWriter(SessionContainers containers, GeodeOptions options)
{
    private readonly SessionContainer _keys = containers[options.Idempotency];

    /// <summary>Makes the document, or finds the one that this request has made before.</summary>
    /// <param name="container">Where it belongs.</param>
    /// <param name="make">Makes it under that id. It must carry the request's <see cref="Fingerprint.Hash"/>.</param>
    /// <param name="request">The request.</param>
    /// <param name="visitor">Whose request it is.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="wasDeleted">Tells of an id and a partition whether the document was deleted: a missing one is either that, or has not
    /// arrived here yet. Null where documents like it are never deleted.</param>
    public async Task<Made<T>> CreateAsync<T>(
        SessionContainer container, Func<string, T> make, Fingerprint request, Visitor visitor, CancellationToken cancellation,
        Func<string, string, CancellationToken, Task<bool>>? wasDeleted = null)
        where T : class, IRepeatable
    {
        var document = make(request.DocumentId(visitor));
        if (request.Key is null)
        {
            await container.CreateAsync(document, document.Partition, cancellation);
            return new(document, Outcome.Created);
        }

        var scopes = Fingerprint.Scopes(visitor);
        if (await _keys.ReadAsync<IdempotencyRecord>(request.IdIn(scopes[0]), scopes[0], cancellation) is { Value: var record })
        {
            if (record.Request != request.Hash)
                return new(null, Outcome.KeyReused);
            var replayed = await ReplayAsync<T>(container, record.DocumentId, record.Partition, request, cancellation);
            var isLate = replayed.Outcome is Outcome.Gone
                && (wasDeleted is null || !await wasDeleted(record.DocumentId, record.Partition, cancellation));
            return isLate ? await AgainAsync(container, make(record.DocumentId), request, cancellation) : replayed;
        }

        var made = await container.CreateAsync(document, document.Partition, cancellation)
            ? new(document, Outcome.Created)
            : await ReplayAsync<T>(container, document.Id, document.Partition, request, cancellation);
        if (made.Outcome is not Outcome.KeyReused)
            await Task.WhenAll(scopes.Select(scope => RememberAsync(scope, document, request, cancellation)));
        return made;
    }

    // Containers replicate each for itself: the record can be here before the document it speaks of. Made once more, it is the same
    // document; and where it has been deleted after all, the deletion wins.
    private static async Task<Made<T>> AgainAsync<T>(SessionContainer container, T document, Fingerprint request, CancellationToken cancellation)
        where T : class, IRepeatable =>
        await container.CreateAsync(document, document.Partition, cancellation)
            ? new(document, Outcome.Replayed)
            : await ReplayAsync<T>(container, document.Id, document.Partition, request, cancellation);

    private Task RememberAsync(string scope, IRepeatable document, Fingerprint request, CancellationToken cancellation)
    {
        var used = new IdempotencyRecord
        {
            Id = request.IdIn(scope),
            Visitor = scope,
            Request = request.Hash,
            DocumentId = document.Id,
            Partition = document.Partition,
        };
        return _keys.UpsertAsync(used, scope, cancellation);
    }

    private static async Task<Made<T>> ReplayAsync<T>(
        SessionContainer container, string id, string partition, Fingerprint request, CancellationToken cancellation)
        where T : class, IRepeatable
    {
        var existing = await container.ReadAsync<T>(id, partition, cancellation);
        return existing is null ? new(null, Outcome.Gone)
            : existing.Value.Request == request.Hash ? new(existing.Value, Outcome.Replayed)
            : new(null, Outcome.KeyReused);
    }
}
