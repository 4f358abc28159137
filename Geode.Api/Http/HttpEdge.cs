using System.Text.Json.Serialization;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Geode.Api.Http;

/// <summary>What every request passes: who served it, limits, errors as problem details.</summary>
internal static class HttpEdge
{
    /// <summary>The region of the geode that answered.</summary>
    public const string RegionHeader = "X-Geode-Region";

    /// <summary>What a router keeps in memory in order to repeat a request elsewhere.</summary>
    private const int MaxBodyBytes = 64 * 1024;

    public static void AddHttpEdge(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            // Whoever can reach a geode directly is its router; others are kept out by the network.
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<BadRequestProblems>();
        builder.Services.AddExceptionHandler<BackplaneProblems>();
        builder.Services.AddOpenApi();
        builder.AddRateLimits();
    }

    public static void UseHttpEdge(this WebApplication app)
    {
        var region = app.Services.GetRequiredService<Region>().Name;
        app.UseForwardedHeaders();
        app.Use((context, next) =>
        {
            context.Response.Headers[RegionHeader] = region;
            context.Response.OnStarting(() =>
            {
                // An exception handler clears the headers.
                context.Response.Headers[RegionHeader] = region;
                return Task.CompletedTask;
            });
            return next(context);
        });
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRouting();
    }
}
