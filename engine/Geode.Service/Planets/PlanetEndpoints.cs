using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Service.Planets;

/// <summary>What this geode knows about itself and its planet.</summary>
internal static class PlanetEndpoints
{
    private static readonly TimeSpan StreamInterval = TimeSpan.FromSeconds(1);

    public static void Map(WebApplication app)
    {
        var planet = app.MapGroup("/api/planet").WithTags("Planet");
        planet.MapGet("/", Get).WithSummary("Who answered, and the planet as this geode sees it.");
        planet.MapGet("/stream", Stream).WithSummary("The same once a second, as server-sent events.");
    }

    private static Ok<PlanetView> Get(PlanetWatch watch, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(watch.View());
    }

    private static ServerSentEventsResult<PlanetView> Stream(
        PlanetWatch watch, TimeProvider clock, IHostApplicationLifetime lifetime, HttpContext http)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.RegisterForDispose(end);
        return TypedResults.ServerSentEvents(ViewsAsync(watch, clock, end.Token), "planet");
    }

    private static async IAsyncEnumerable<PlanetView> ViewsAsync(
        PlanetWatch watch, TimeProvider clock, [EnumeratorCancellation] CancellationToken end)
    {
        using var timer = new PeriodicTimer(StreamInterval, clock);
        do
        {
            yield return watch.View();
        }
        while (await NextAsync(timer, end));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken end)
    {
        try
        {
            return await timer.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
