using Geode.Control.Faults;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Control.Api;

/// <summary>Change links one by one, cut the planet in parts, make it whole.</summary>
internal static class LinkEndpoints
{
    public static void MapLinks(this IEndpointRouteBuilder routes, RunningPlanet planet)
    {
        routes.MapPut("/planet/links/{from}/{to}", async (string from, string to, HttpRequest request) =>
        {
            var (start, end) = (planet.Planet.RequireRegion(from), planet.Planet.RequireRegion(to));
            if (start == end)
                throw new ControlException(400, $"A link joins two regions; '{start}' is both ends.");
            var settings = await ControlJson.ReadAsync<LinkSettings>(request, """{"delayMs": 80, "jitterMs": 5, "loss": 0, "state": "up"}""");
            var change = await planet.Replicas.SetLinkAsync(start, end, settings.ApplyTo, request.HttpContext.RequestAborted);
            if (settings.State == Link.Up)
                planet.Faults.Healed("repair of a link");
            return ControlJson.Answer(change);
        });

        routes.MapPost("/planet/partition", async (HttpRequest request) =>
        {
            var body = await ControlJson.ReadAsync<PartitionRequest>(request, """{"groups": [["westeurope"], ["eastus", "southeastasia"]]}""");
            var groups = body.Complete(planet.Planet);
            var changes = await SetStatesAsync(planet, (from, to) => groups.SameGroup(from, to) ? Link.Up : Link.Down, request);
            return ControlJson.Answer(new { groups = groups.Groups, changed = changes });
        });

        routes.MapPost("/planet/heal", async (HttpRequest request) =>
        {
            var changes = await SetStatesAsync(planet, (_, _) => Link.Up, request);
            if (changes.Count > 0)
                planet.Faults.Healed("heal");
            return ControlJson.Answer(new { changed = changes });
        });
    }

    private static async Task<IReadOnlyList<LinkChange>> SetStatesAsync(RunningPlanet planet, Func<string, string, string> state, HttpRequest request)
    {
        var different = planet.Replicas.Links.Where(link => link.State != state(link.From, link.To));
        return await Task.WhenAll(different.Select(link => planet.Replicas.SetLinkAsync(
            link.From, link.To, l => l with { State = state(l.From, l.To) }, request.HttpContext.RequestAborted)));
    }
}

/// <summary>Regions that still reach each other, group by group. Regions it does not name form one more group.</summary>
internal sealed record PartitionRequest(IReadOnlyList<IReadOnlyList<string>>? Groups)
{
    /// <exception cref="ControlException">400: not a partition of this planet; 404: an unknown region.</exception>
    public Partition Complete(Planet planet)
    {
        if (Groups is not { Count: > 0 } || Groups.Any(g => g is not { Count: > 0 }))
            throw ControlException.Invalid("groups", "give at least one group, and at least one region in each.");
        var groups = Groups.Select(g => g.Select(planet.RequireRegion).ToList()).ToList();
        var named = groups.SelectMany(g => g).ToList();
        if (named.GroupBy(n => n).FirstOrDefault(n => n.Count() > 1) is { } twice)
            throw ControlException.Invalid("groups", $"'{twice.Key}' is in more than one place.");
        var rest = planet.RegionNames.Except(named).ToList();
        if (rest.Count > 0)
            groups.Add(rest);
        return groups.Count > 1
            ? new(groups)
            : throw ControlException.Invalid("groups", "one group with every region leaves nothing to cut; use /planet/heal to undo a partition.");
    }
}

internal sealed record Partition(IReadOnlyList<IReadOnlyList<string>> Groups)
{
    public bool SameGroup(string a, string b) => Groups.Any(g => g.Contains(a) && g.Contains(b));
}
