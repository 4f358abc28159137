using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Control.Api;

/// <summary>On a planet with stamps: which stamp each tenant's data is in, down to every replica, and the calls that place and move a tenant.</summary>
internal static class TenantEndpoints
{
    private const string Example = """{"stamp": "eu", "residency": "EU"}""";

    public static void MapTenants(this IEndpointRouteBuilder routes, RunningPlanet planet)
    {
        routes.MapGet("/planet/tenants", (CancellationToken cancellationToken) => SendAsync(planet, HttpMethod.Get, "", null, cancellationToken));
        routes.MapGet("/planet/tenants/{tenant}", (string tenant, CancellationToken cancellationToken) => SendAsync(planet, HttpMethod.Get, Of(tenant), null, cancellationToken));
        routes.MapPut("/planet/tenants/{tenant}", async (string tenant, HttpRequest request) =>
        {
            var order = await ControlJson.ReadAsync<Order>(request, Example);
            var answer = await SendAsync(planet, HttpMethod.Put, Of(tenant), order, request.HttpContext.RequestAborted);
            planet.Timeline.Add("tenant", null, null, "placed", $"tenant {tenant} is to be in {order.Stamp}");
            return answer;
        });
        routes.MapDelete("/planet/tenants/{tenant}/move", async (string tenant, CancellationToken cancellationToken) =>
        {
            var answer = await SendAsync(planet, HttpMethod.Delete, $"{Of(tenant)}/move", null, cancellationToken);
            planet.Timeline.Add("tenant", null, null, "called off", $"tenant {tenant} is to stay where it is");
            return answer;
        });
    }

    private static async Task<IResult> SendAsync(RunningPlanet planet, HttpMethod method, string rest, object? body, CancellationToken cancellationToken) =>
        Results.Text(await planet.Tenants.SendAsync(method, rest, body, cancellationToken), "application/json");

    private static string Of(string tenant) => "/" + Uri.EscapeDataString(tenant);

    private sealed record Order(string? Stamp, string? Residency);
}
