using System.Text.Json.Nodes;
using Geode.Topology;

namespace Geode.Control.Faults;

/// <content>What the replicas have, and which regions they are told there are.</content>
internal sealed partial class ReplicaFaults
{
    /// <summary>Links follow the planet.</summary>
    public void Grow(Planet grown)
    {
        _links.Grow(grown);
        foreach (var gone in _outages.Keys.Except(grown.RegionNames))
            _outages.TryRemove(gone, out _);
    }

    /// <summary>False when the replica does not answer.</summary>
    public async Task<bool> TryOutageAsync(string region, string mode, CancellationToken cancellationToken) =>
        await _admin.SendAsync(HttpMethod.Put, Admin(region, "outage"), new { mode }, cancellationToken) is { Status: 200 };

    /// <summary>Tells every replica that answers which regions there are now; one that does not is told when it comes back.</summary>
    public async Task TellRegionsAsync(Planet grown, long version, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _version, version);
        await Task.WhenAll(grown.RegionNames.Select(r => TellRegionsAsync(r, grown, version, cancellationToken)));
    }

    /// <summary>The region that takes the planet's writes; null: every region does, or no replica answers.</summary>
    public async Task<string?> WriterAsync(CancellationToken cancellationToken)
    {
        if (!planet.Now.Backplane.HasOneWriteRegion)
            return null;
        var told = await Task.WhenAll(planet.Now.RegionNames.Select(r => ReadAsync(r, "failover", cancellationToken)));
        // The latest fail-over counts, whoever has heard of it.
        return told.OfType<JsonObject>().MaxBy(t => t["term"]?.GetValue<long>() ?? 0)?["failoverPriorities"]?[0]?.GetValue<string>();
    }

    /// <summary>The highest count of changes that a replica knows of.</summary>
    public async Task<long> HighestVersionAsync(CancellationToken cancellationToken)
    {
        var known = await Task.WhenAll(planet.Now.RegionNames.Select(r => ReadAsync(r, "regions", cancellationToken)));
        return known.Select(k => k?["version"]?.GetValue<long>() ?? 1).Append(Volatile.Read(ref _version)).Max();
    }

    /// <summary>How many of a region's acknowledged writes each other region of its stamp lacks, counted over all origins; -1 for one that does not
    /// answer. Empty when all have everything.</summary>
    public async Task<IReadOnlyDictionary<string, long>> MissingAsync(string region, CancellationToken cancellationToken)
    {
        var own = Vector(await ReadAsync(region, "status", cancellationToken));
        var missing = new Dictionary<string, long>();
        foreach (var other in planet.Now.AsSeenFrom(planet.Now.Region(region)).RegionNames.Where(r => r != region))
        {
            var status = await ReadAsync(other, "status", cancellationToken);
            missing[other] = status is null ? -1 : Vector(status) is var has ? own.Sum(o => Math.Max(0, o.Value - has.GetValueOrDefault(o.Key))) : 0;
        }

        return missing.Values.All(m => m == 0) ? new Dictionary<string, long>() : missing;
    }

    private async Task TellRegionsAsync(string region, Planet grown, long version, CancellationToken cancellationToken)
    {
        var body = new { version, planet = JsonNode.Parse(PlanetJson.Write(grown)) };
        var answer = await _admin.SendAsync(HttpMethod.Put, Admin(region, "regions"), body, cancellationToken);
        answer?.EnsureAccepted();
    }

    private Task<JsonNode?> ReadAsync(string region, string what, CancellationToken cancellationToken) =>
        _admin.ReadAsync<JsonNode>(Admin(region, what), cancellationToken);

    private static Dictionary<string, long> Vector(JsonNode? status) =>
        status?["vector"] is JsonObject vector ? vector.ToDictionary(v => v.Key, v => v.Value!.GetValue<long>()) : [];

    private long _version = 1;
}
