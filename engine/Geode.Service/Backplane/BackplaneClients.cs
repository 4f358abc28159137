using Azure.Core;
using Azure.Identity;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Backplane;

/// <summary>The clients beside the ordinary one. Each is made when first asked for.</summary>
public sealed class BackplaneClients : IDisposable
{
    private readonly Lazy<CosmosClient> _pinned;
    private readonly Lazy<CosmosClient> _ownFeed;
    private readonly Lazy<CosmosClient> _inPlanetOrder;
    private readonly string _database;

    public BackplaneClients(Planet planet, Region region, BackplaneConnection connection)
    {
        _database = planet.Backplane.Database;
        _pinned = new(() => Create(
            connection,
            RegionalEndpoint.Pinned(planet, region, connection) ?? connection.Endpoint,
            options => BackplaneClientOptions.ConfigurePinned(options, planet, region, connection)));
        _ownFeed = new(() => Create(
            connection,
            connection.Endpoint,
            options => BackplaneClientOptions.ConfigureOwnFeed(options, planet, region, connection)));
        _inPlanetOrder = new(() => Create(
            connection,
            connection.Endpoint,
            options => BackplaneClientOptions.ConfigureInPlanetOrder(options, planet, region, connection)));
    }

    /// <summary>This region's replica and no other: it fails rather than answer from elsewhere.</summary>
    public Database OwnReplica => _pinned.Value.GetDatabase(_database);

    /// <summary>This region's replica by the account's common address. The SDK makes that address part of a change feed
    /// processor's lease names, so leases that all regions share need it.</summary>
    public Database OwnFeed => _ownFeed.Value.GetDatabase(_database);

    /// <summary>The first region of the planet that answers, the same one seen from everywhere.</summary>
    public Database MeetingPoint => _inPlanetOrder.Value.GetDatabase(_database);

    /// <summary>For the options of a request that wants to know whether there is more in a change feed, not to wait for it.</summary>
    public static void AtOnce(Headers headers) => headers[HeldFeeds.AtOnce] = "true";

    public void Dispose()
    {
        foreach (var client in new[] { _pinned, _ownFeed, _inPlanetOrder }.Where(client => client.IsValueCreated))
            client.Value.Dispose();
    }

    internal static CosmosClient Create(BackplaneConnection connection, Uri endpoint, Action<CosmosClientOptions> configure)
    {
        var options = new CosmosClientOptions();
        configure(options);
        return connection.Key is { } key
            ? new CosmosClient(endpoint.ToString(), key, options)
            : new CosmosClient(endpoint.ToString(), Credential(), options);
    }

    internal static TokenCredential Credential() => new DefaultAzureCredential();
}
