using System.Net;
using Geode.Runtime.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Control.Api;

/// <summary>The control API of a local planet, on loopback only.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private const int LargestBody = 64 * 1024;

    private readonly WebApplication _app;

    private ControlServer(WebApplication app) => _app = app;

    public static async Task<ControlServer> StartAsync(RunningPlanet planet, CancellationToken cancellationToken)
    {
        // Empty: neither this folder's appsettings nor ASPNETCORE_URLS have a say here.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(IPAddress.Loopback, planet.Planet.Ports.Control);
        });
        builder.Services.AddRoutingCore().AddProblemDetails();
        var app = builder.Build();
        app.Use(RefusedBodies.HearOutAsync);
        app.Use((context, next) => new LoopbackGuard(planet.Planet.Ports).CheckAsync(context, next));
        app.Use(ControlProblems.AnswerAsync);
        app.UseRouting();
        app.Use((context, next) => PersonWatch.TellAsync(planet, context, next));
        app.MapPlanet(planet);
        app.MapGeodes(planet);
        app.MapProcesses(planet);
        app.MapInstances(planet);
        app.MapTraffic(planet);
        app.MapLinks(planet);
        app.MapOutages(planet);
        app.MapLoad(planet);
        app.MapGrowth(planet);
        app.MapSteward(planet);
        app.MapPublications(planet);
        app.MapTenants(planet);
        app.MapUnknownCalls();
        app.UseEndpoints(_ => { });
        await app.StartAsync(cancellationToken);
        return new(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }
}
