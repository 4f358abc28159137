using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Geode.Control.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Control.Api;

/// <summary><c>GET /planet</c>, the same live, and its timeline.</summary>
internal static class PlanetEndpoints
{
    public static void MapPlanet(this IEndpointRouteBuilder routes, RunningPlanet planet)
    {
        routes.MapGet("/planet", () => ControlJson.Answer(PlanetView.Of(planet, planet.Planet)));
        routes.MapGet("/planet/events", context => WriteAsync(context, Events(context, planet)));
        // Views and events on one connection: a browser has few for each address, and a person has many windows.
        routes.MapGet("/planet/stream", context => WriteAsync(
            context, Views(context, planet).WithAsync(Events(context, planet), context.RequestAborted)));
    }

    private static IAsyncEnumerable<SseItem<object>> Views(HttpContext context, RunningPlanet planet) =>
        planet.Live.FollowAsync(context.RequestAborted).Select(view => new SseItem<object>(view, "view"));

    private static IAsyncEnumerable<SseItem<object>> Events(HttpContext context, RunningPlanet planet)
    {
        // A browser that reconnects sends the id of the last event it has seen.
        _ = long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var after);
        return planet.Timeline.FollowAsync(after, context.RequestAborted).Select(happened =>
            new SseItem<object>(happened, happened.Kind) { EventId = happened.Id.ToString(CultureInfo.InvariantCulture) });
    }

    private static async Task WriteAsync(HttpContext context, IAsyncEnumerable<SseItem<object>> items)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        // Without a first event there would be no headers, and the browser would not know that it is connected.
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await SseFormatter.WriteAsync(
            items, context.Response.Body,
            (item, buffer) =>
            {
                using var json = new Utf8JsonWriter(buffer);
                JsonSerializer.Serialize(json, item.Data, ControlJson.Options);
            },
            context.RequestAborted);
    }
}
