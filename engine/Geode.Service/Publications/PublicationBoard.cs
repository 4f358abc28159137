using System.Net;
using System.Text.Json;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Publications;

/// <summary>The documents of publications in this region's own replica.</summary>
internal sealed class PublicationBoard(BackplaneClients clients, GeodeOptions options, PublicationLimits limits, Region here, TimeProvider clock)
{
    /// <summary>Where they are.</summary>
    public Container Container { get; } = clients.OwnReplica.GetContainer(options.Publications);

    /// <summary>This region.</summary>
    public Region Here => here;

    /// <summary>The versions of a publication that have arrived here, and what people said of them.</summary>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task<PublicationBoardView> ReadAsync(string name, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var versions = new List<VersionEntry>();
        var pins = new List<PinDocument>();
        var torn = new List<RefusedVersion>();
        var documents = await DocumentsAsync(name, cancellation);
        foreach (var document in documents.Take(PublicationLimits.MostDocuments))
        {
            switch (new Change(document).Text("kind"))
            {
                case VersionDocument.VersionKind:
                    Take<VersionDocument>(
                        document, torn, read => read.Fault(name, limits.MostBytes, now), read => versions.Add(new(read, new Change(document).Text("_etag") ?? "")));
                    break;
                case PinDocument.PinKind:
                    Take<PinDocument>(document, torn, read => Fault(read, name, now), pins.Add);
                    break;
            }
        }

        if (documents.Count > PublicationLimits.MostDocuments)
            torn.Add(new("", $"There are more than {PublicationLimits.MostDocuments} documents; no more are looked at."));
        return new([.. versions.OrderByDescending(entry => entry.Version)], PinDocument.Last(pins), torn);
    }

    /// <summary>A document as it is; null: it is not there, or not yet.</summary>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task<byte[]?> TryReadAsync(string id, string partition, CancellationToken cancellation)
    {
        using var answer = await Container.ReadItemStreamAsync(id, new(partition), cancellationToken: cancellation);
        if (answer.StatusCode is HttpStatusCode.NotFound && answer.Headers["x-ms-substatus"] is null or "0")
            return null;
        answer.EnsureSuccessStatusCode();
        using var copy = new MemoryStream();
        await answer.Content.CopyToAsync(copy, cancellation);
        return copy.ToArray();
    }

    // The latest revisions first: what is beyond the most that is looked at must not be what counts.
    private async Task<List<JsonElement>> DocumentsAsync(string name, CancellationToken cancellation)
    {
        var found = new List<JsonElement>();
        using var pages = Container.GetItemQueryIterator<JsonElement>(
            new QueryDefinition("SELECT * FROM c ORDER BY c._ts DESC"), requestOptions: new() { PartitionKey = new(name), MaxItemCount = 100 });
        while (pages.HasMoreResults && found.Count <= PublicationLimits.MostDocuments)
            found.AddRange(await pages.ReadNextAsync(cancellation));
        return found;
    }

    private static string? Fault(PinDocument pin, string name, DateTimeOffset now)
    {
        if (pin.Name != name || pin.Region is not { Length: > 0 } region || pin.Id != PinDocument.IdOf(region))
            return "its id is not that of its region";
        if (!Steward.OrdersDocument.IsPossible(pin.Revision, now))
            return $"its revision {pin.Revision} is none that there can be";
        return pin.To is null or "" || pin.Version?.IsPossible(now) is true ? null : "it names no version that there can be";
    }

    // What stands in the container may have been cut, or written by anybody.
    private static void Take<T>(JsonElement document, List<RefusedVersion> torn, Func<T, string?> fault, Action<T> take)
        where T : class
    {
        string? reason;
        try
        {
            var read = document.Deserialize<T>(BackplaneJson.Options)!;
            reason = fault(read);
            if (reason is null)
                take(read);
        }
        catch (JsonException e)
        {
            reason = $"it cannot be read at {e.Path}";
        }

        if (reason is not null)
            torn.Add(new(Name(document), $"The document is refused: {reason}."));
    }

    // As short as any that we write.
    private static string Name(JsonElement document)
    {
        var id = new Change(document).Id;
        return id.Length <= 80 ? id : id[..80];
    }
}

/// <param name="Versions">Those that can be, the highest first.</param>
/// <param name="Pin">The last word; null: nothing was said.</param>
/// <param name="Torn">Documents that were refused, and why.</param>
internal sealed record PublicationBoardView(IReadOnlyList<VersionEntry> Versions, PinDocument? Pin, IReadOnlyList<RefusedVersion> Torn);

/// <param name="Document">What says that the version is there.</param>
/// <param name="ETag">Of that document.</param>
internal sealed record VersionEntry(VersionDocument Document, string ETag)
{
    public PublicationVersion Version => Document.Version;
}
