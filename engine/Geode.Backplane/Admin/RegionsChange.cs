using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Backplane.Hosting;
using Geode.Topology;

namespace Geode.Backplane.Admin;

/// <summary><c>PUT /_backplane/regions</c> with <c>{"version": 2, "planet": {…}}</c>: the regions from now on. Whoever changes the
/// planet tells every replica; saying it twice does no harm.</summary>
internal static class RegionsChange
{
    public static async Task<IResult> ApplyAsync(HttpContext http, BackplaneHost host, RegionNode node)
    {
        try
        {
            var body = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject;
            if (body?["version"] is not JsonValue number || !number.TryGetValue<long>(out var version) || version < 1 || body["planet"] is not JsonObject planet)
                return Problem("""Give {"version": 2, "planet": {…}}: a number above the present one, and the planet as in geode.json.""");
            await host.ChangeAsync(new Membership(PlanetLoader.Parse(planet.ToJsonString(), "planet"), version));
            return AdminEndpoints.RegionsOf(node);
        }
        catch (Exception e) when (e is PlanetException or JsonException)
        {
            return Problem(e.Message);
        }
    }

    private static IResult Problem(string error) => Results.Json(new { error }, statusCode: 400);
}
