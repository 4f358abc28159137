using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Geode.Local.Events;
using Geode.Local.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Local.Control;

/// <summary><c>GET /planet</c>, the same live, and its timeline.</summary>
internal static class PlanetEndpoints
{
    public static void MapPlanet(this IEndpointRouteBuilder routes, LocalPlanet planet)
    {
        routes.MapGet("/planet", () => ControlJson.Answer(PlanetView.Of(planet)));
        routes.MapGet("/planet/events", context => EventsAsync(context, planet.Timeline));
        routes.MapGet("/planet/stream", context =>
            WriteAsync(context, planet.Live.FollowAsync(context.RequestAborted).Select(view => new SseItem<LiveView>(view, "planet"))));
    }

    private static Task EventsAsync(HttpContext context, Timeline timeline)
    {
        // A browser that reconnects sends the id of the last event it has seen.
        _ = long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var after);
        return WriteAsync(context, timeline.FollowAsync(after, context.RequestAborted).Select(Item));
    }

    private static async Task WriteAsync<T>(HttpContext context, IAsyncEnumerable<SseItem<T>> items)
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

    private static SseItem<PlanetEvent> Item(PlanetEvent happened) =>
        new(happened, happened.Kind) { EventId = happened.Id.ToString(CultureInfo.InvariantCulture) };
}
