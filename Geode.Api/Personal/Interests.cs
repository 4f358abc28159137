using System.Net;
using Geode.Api.Documents;
using Geode.Service.Backplane;
using Microsoft.Azure.Cosmos;

namespace Geode.Api.Personal;

/// <summary>What visitors did: written where they are, read from this region's own replica.</summary>
internal sealed class Interests(BackplaneClients clients, Database database)
{
    /// <summary>The newest so many make a visitor's taste.</summary>
    public const int MostDeeds = 300;

    private const string Name = "interests";

    private static readonly QueryDefinition Wishes =
        new("SELECT * FROM c WHERE c.id = 'settings' AND (c.off = true OR IS_STRING(c.forgottenAt))");

    private readonly Container _own = clients.OwnReplica.GetContainer(Name);
    private readonly Container _anywhere = database.GetContainer(Name);

    /// <summary>A visitor's newest deeds and wishes, without asking another region.</summary>
    /// <exception cref="CosmosException">The own replica does not answer.</exception>
    public async Task<(PersonalSettings Settings, IReadOnlyList<Interest> Deeds)> OfAsync(string visitor, CancellationToken cancellation)
    {
        var settings = SettingsAsync(_own, visitor, cancellation);
        var deeds = await AllAsync<Interest>(Newest(MostDeeds), visitor, cancellation);
        var wishes = await settings;
        return (wishes, [.. deeds.Where(deed => wishes.Counts(deed.At))]);
    }

    /// <summary>The newest deeds of all visitors who allow it.</summary>
    /// <inheritdoc cref="OfAsync"/>
    public async Task<IReadOnlyList<Interest>> NewestAsync(int most, CancellationToken cancellation)
    {
        var deeds = await AllAsync<Interest>(Newest(most), null, cancellation);
        var wishes = (await AllAsync<PersonalSettings>(Wishes, null, cancellation)).ToDictionary(of => of.Visitor);
        return [.. deeds.Where(deed => wishes.GetValueOrDefault(deed.Visitor)?.Counts(deed.At) is not false)];
    }

    /// <summary>A visitor's wishes, for who is about to write: from the nearest replica that answers.</summary>
    public Task<PersonalSettings> SettingsAsync(string visitor, CancellationToken cancellation) => SettingsAsync(_anywhere, visitor, cancellation);

    private static async Task<PersonalSettings> SettingsAsync(Container container, string visitor, CancellationToken cancellation)
    {
        var options = new ItemRequestOptions { ConsistencyLevel = ConsistencyLevel.Eventual };
        var found = await container.FindAsync<PersonalSettings>(PersonalSettings.DocumentId, new(visitor), options, cancellation);
        return found?.Document ?? new() { Visitor = visitor };
    }

    /// <summary>Whatever was known of it before is replaced.</summary>
    public Task SetAsync(Interest deed, CancellationToken cancellation) =>
        _anywhere.UpsertItemAsync(deed, new PartitionKey(deed.Visitor), cancellationToken: cancellation);

    /// <summary>Unless something is known that says more.</summary>
    public async Task AddAsync(Interest deed, CancellationToken cancellation)
    {
        try
        {
            await _anywhere.CreateItemAsync(deed, new PartitionKey(deed.Visitor), cancellationToken: cancellation);
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.Conflict)
        {
            await RenewAsync(deed, cancellation);
        }
    }

    private static QueryDefinition Newest(int most) =>
        new QueryDefinition("SELECT TOP @most c.id, c.visitor, c.weight, c.at FROM c WHERE IS_NUMBER(c.weight) AND IS_STRING(c.at) ORDER BY c.at DESC")
            .WithParameter("@most", most);

    // Of one visitor, or of all.
    private Task<List<T>> AllAsync<T>(QueryDefinition query, string? visitor, CancellationToken cancellation) => _own.ReadAllAsync<T>(
        query, new() { PartitionKey = visitor is null ? null : new(visitor), ConsistencyLevel = ConsistencyLevel.Eventual }, cancellation);

    private async Task RenewAsync(Interest deed, CancellationToken cancellation)
    {
        try
        {
            await _anywhere.PatchItemAsync<Interest>(
                deed.Id,
                new(deed.Visitor),
                [PatchOperation.Set("/weight", deed.Weight), PatchOperation.Set("/at", deed.At)],
                new() { FilterPredicate = FormattableString.Invariant($"FROM c WHERE c.weight >= 0 AND c.weight <= {deed.Weight} AND c.at < '{deed.At}'") },
                cancellation);
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
        {
            // A vote says more than a look; and what has just been deleted was deleted after this.
        }
    }
}
