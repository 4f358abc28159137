using System.Globalization;
using Geode.Topology;
using Microsoft.Azure.Cosmos;
using ConfigurationManager = System.Configuration.ConfigurationManager;

namespace Geode.Service.Backplane;

/// <summary>How a geode talks to the backplane: its own region first, the others by distance, and no waiting for a region that
/// does not answer.</summary>
public static class BackplaneClientOptions
{
    /// <summary>Far above a healthy region's p99 (10 ms for a point operation), so that hedging stays rare, and about one round
    /// trip to the nearest other region: a hedge sent much earlier could not answer earlier than the slow region would.</summary>
    public static readonly TimeSpan HedgeAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>Then the next region, and the next: also with two regions lost an answer comes within half a second.</summary>
    public static readonly TimeSpan HedgeStep = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a region that failed is left alone. The SDK's five minutes would keep a geode on another continent's
    /// replica long after its own is back.</summary>
    public static readonly TimeSpan FailBackAfter = TimeSpan.FromSeconds(5);

    /// <summary>How often the list of the account's regions is read again.</summary>
    public static readonly TimeSpan AccountRefresh = TimeSpan.FromSeconds(10);

    /// <summary>For requests of visitors: any region may answer, nearest first.</summary>
    public static void Configure(CosmosClientOptions options, Planet planet, Region region, BackplaneConnection connection)
    {
        Prefer(options, planet, region, connection, planet.OrderFrom(region));
        options.AvailabilityStrategy =
            AvailabilityStrategy.CrossRegionHedgingStrategy(HedgeAfter, HedgeStep, enableMultiWriteRegionHedge: true);
    }

    /// <summary>For state the whole planet must agree on (the leases of global processors): every region asks the same regions in
    /// the same order, so that compare-and-swap meets in one replica as long as one is reachable. None of the edge is among them.</summary>
    public static void ConfigureInPlanetOrder(CosmosClientOptions options, Planet planet, Region region, BackplaneConnection connection)
    {
        Prefer(options, planet, region, connection, planet.Core);
        // A hedged compare-and-swap could succeed in two replicas.
        options.AvailabilityStrategy = AvailabilityStrategy.DisabledStrategy();
        // With a session, what a lost region had not yet passed on would make every other region unusable.
        options.ConsistencyLevel = ConsistencyLevel.Eventual;
    }

    /// <summary>For following this region's change feed under the account's common address.</summary>
    public static void ConfigureOwnFeed(CosmosClientOptions options, Planet planet, Region region, BackplaneConnection connection)
    {
        Prefer(options, planet, region, connection, [region]);
        options.AvailabilityStrategy = AvailabilityStrategy.DisabledStrategy();
        FollowFeeds(options, connection);
    }

    /// <summary>For what must come from this region's replica and no other, above all its change feed, whose positions mean nothing
    /// elsewhere. The client is given the region's own endpoint.</summary>
    public static void ConfigurePinned(CosmosClientOptions options, Planet planet, Region region, BackplaneConnection connection)
    {
        Common(options, region, connection);
        options.LimitToEndpoint = true;
        FollowFeeds(options, connection);
    }

    private static void FollowFeeds(CosmosClientOptions options, BackplaneConnection connection)
    {
        if (connection.IsLocal)
            options.HttpClientFactory = AttemptTimeout.CreateFollower;
    }

    private static void Prefer(
        CosmosClientOptions options, Planet planet, Region region, BackplaneConnection connection, IReadOnlyList<Region> order)
    {
        Common(options, region, connection);
        // Aspire's integration sets it where it recognises an emulator's key; it forbids preferred regions.
        options.LimitToEndpoint = false;
        options.ApplicationPreferredRegions = [.. order.Select(r => r.DisplayName)];
        // A client must be able to start while its own region's account endpoint is dead.
        options.AccountInitializationCustomEndpoints =
            [.. order.Select(r => RegionalEndpoint.Account(planet, r, connection)).OfType<Uri>().Where(uri => uri != connection.Endpoint)];
    }

    private static void Common(CosmosClientOptions options, Region region, BackplaneConnection connection)
    {
        FailBackQuickly();
        options.ApplicationName = $"geode-{region.Name}";
        options.UseSystemTextJsonSerializerWithOptions = BackplaneJson.Options;
        options.EnableContentResponseOnWrite = false;
        options.CosmosClientTelemetryOptions = new() { DisableDistributedTracing = false };
        if (!connection.IsLocal)
            return;
        options.ConnectionMode = ConnectionMode.Gateway;
        // Direct mode has its own time-outs; over HTTP ours apply.
        options.HttpClientFactory = AttemptTimeout.CreateClient;
    }

    // The SDK has no option for these two; it reads the application's settings when a client is made.
    private static void FailBackQuickly()
    {
        ConfigurationManager.AppSettings["UnavailableLocationsExpirationTimeInSeconds"] =
            FailBackAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        ConfigurationManager.AppSettings["BackgroundRefreshLocationTimeIntervalInMS"] =
            AccountRefresh.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
    }
}
