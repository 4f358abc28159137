using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Geode.Cli.Tests.Drill;

/// <summary>Control API and router of a planet of two regions, in one server: what is killed is away until it is revived.</summary>
internal sealed class DrilledPlanet : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DrilledPlanet(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Whether the other region serves the clients of one that is away.</summary>
    public bool IsServedByOthers { get; init; } = true;

    /// <summary>State of the region <c>eastus</c> while it is not away.</summary>
    public string State { get; set; } = "healthy";

    public bool IsAway { get; private set; }

    /// <summary>What was done: <c>kill eastus</c>.</summary>
    public ConcurrentQueue<string> Done { get; } = new();

    /// <summary>Places of clients.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public static async Task<DrilledPlanet> StartAsync(bool isServedByOthers = true)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var planet = new DrilledPlanet(builder.Build()) { IsServedByOthers = isServedByOthers };
        planet._app.Run(planet.AnswerAsync);
        await planet._app.StartAsync();
        return planet;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context) => context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["planet"] => context.Response.WriteAsJsonAsync(new
        {
            router = Address,
            regions = new[] { new { name = "westeurope", state = "healthy" }, new { name = "eastus", state = IsAway ? "exited" : State } },
        }),
        ["planet", "regions", var region, var action] => DoAsync(context, region, action),
        ["questions"] => ServeAsync(context),
        _ => Refuse(context, StatusCodes.Status404NotFound),
    };

    private Task DoAsync(HttpContext context, string region, string action)
    {
        Done.Enqueue($"{action} {region}");
        IsAway = action is "kill" or "freeze";
        return context.Response.WriteAsync("{}");
    }

    private Task ServeAsync(HttpContext context)
    {
        var place = context.Request.Headers["X-Geode-Client"].ToString();
        Asked.Enqueue(place);
        var isLost = place == "eastus" && IsAway;
        if (isLost && !IsServedByOthers)
            return Refuse(context, StatusCodes.Status503ServiceUnavailable);
        context.Response.Headers["X-Geode-Served-By"] = isLost || place != "eastus" ? "westeurope" : "eastus";
        return Task.CompletedTask;
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
