using System.Globalization;
using System.Net.ServerSentEvents;
using Geode.Local.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Local.Control;

/// <summary><c>GET /planet</c> and its timeline.</summary>
internal static class PlanetEndpoints
{
    public static void MapPlanet(this IEndpointRouteBuilder routes, LocalPlanet planet)
    {
        routes.MapGet("/planet", () => ControlJson.Answer(PlanetView.Of(planet)));

        // A browser that reconnects sends the id of the last event it has seen.
        routes.MapGet("/planet/events", (HttpContext context) =>
        {
            _ = long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var after);
            return TypedResults.ServerSentEvents(Items(planet.Timeline, after, context.RequestAborted));
        });
    }

    private static async IAsyncEnumerable<SseItem<string>> Items(
        Timeline timeline, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in timeline.FollowAsync(after, cancellationToken))
        {
            yield return new(System.Text.Json.JsonSerializer.Serialize(happened, ControlJson.Options), happened.Kind)
            {
                EventId = happened.Id.ToString(CultureInfo.InvariantCulture),
            };
        }
    }
}
