using System.Collections.Concurrent;
using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Planets;

/// <summary>Watches the other regions' signs of life arrive by replication. That is all a geode can know of the others, and it is
/// what matters to it: a region is as far away as its writes are late.</summary>
internal sealed class PlanetWatch(
    BackplaneClients clients, GeodeOptions options, Planet planet, Region here, IConfiguration configuration, FirstReady ready, TimeProvider clock)
    : BackgroundService
{
    // How exactly the lag is known.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(1);

    private readonly Uri? _control = configuration.Control();
    private readonly ConcurrentDictionary<(string Region, string Id), SignOfLife> _last = new();

    public PlanetView View()
    {
        var now = clock.GetUtcNow();
        return new(planet.Name, here.Name, Build.Version, now, [.. Regions().Select(region => View(region, now))], _control);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.SoonAsync(stoppingToken);
        var activity = clients.OwnReplica.GetContainer(options.Activity);
        await foreach (var page in FeedReader.FollowAsync(activity, ChangeFeedStartFrom.Now(), Poll, clock, stoppingToken))
        {
            var arrived = clock.GetUtcNow();
            foreach (var sign in page.Changes.Select(change => SignOfLife.Of(change, arrived)).OfType<SignOfLife>())
                _last[(sign.Region, sign.Id)] = sign;
            foreach (var (key, sign) in _last.Where(last => arrived - last.Value.ArrivedAt > Forgotten))
                _last.TryRemove(new(key, sign));
        }
    }

    // One that joined after this process started is known by its signs of life.
    private IEnumerable<Region> Regions()
    {
        var names = planet.RegionNames;
        var joined = _last.Keys.Select(key => key.Region).Distinct().Except(names).Order().Select(AzureRegions.Find).OfType<AzureRegion>();
        return [.. planet.Regions, .. joined.Select((r, i) => new Region(r.Name, r.DisplayName, r.Latitude, r.Longitude, names.Count + i))];
    }

    private RegionView View(Region region, DateTimeOffset now)
    {
        var signs = _last.Values.Where(sign => sign.Region == region.Name).OrderByDescending(sign => sign.ArrivedAt).ToList();
        var newest = signs.FirstOrDefault();
        return new(
            region.Name, region.DisplayName, region.Latitude, region.Longitude, planet.OneWayDelay(here, region).TotalMilliseconds,
            newest is null || region.Name == here.Name ? null : Math.Max(0, (newest.ArrivedAt - newest.SentAt).TotalMilliseconds),
            newest is null ? null : (now - newest.ArrivedAt).TotalMilliseconds,
            RegionTraffic.Of(signs),
            RegionProcessors.Of(signs),
            signs.FirstOrDefault(sign => sign.Publications is not null)?.Publications);
    }
}
