using System.Text.Json.Serialization;
using Geode.Topology;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Geode.Service.Http;

/// <summary>What every request passes: who served it, limits, errors as problem details.</summary>
internal static class HttpEdge
{
    /// <summary>The region of the geode that answered.</summary>
    public const string RegionHeader = "X-Geode-Region";

    /// <summary>What a router keeps in memory in order to repeat a request elsewhere.</summary>
    private const int MaxBodyBytes = 64 * 1024;

    public static void AddTo(IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            // Whoever can reach a geode directly is its router; others are kept out by the network.
            forwarded.ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedFor
                | Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedProto;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
        });
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        services.AddExceptionHandler<BadRequestProblems>();
        services.AddExceptionHandler<BackplaneProblems>();
    }

    public static void Use(WebApplication app)
    {
        var region = app.Services.GetRequiredService<Region>().Name;
        app.UseForwardedHeaders();
        app.Use((context, next) =>
        {
            context.Response.Headers[RegionHeader] = region;
            context.Response.OnStarting(() =>
            {
                // An exception handler clears the headers. Another geode may have answered.
                context.Response.Headers.TryAdd(RegionHeader, region);
                return Task.CompletedTask;
            });
            return next(context);
        });
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRouting();
    }
}
