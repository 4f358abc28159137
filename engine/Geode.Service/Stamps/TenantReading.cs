using Geode.Runtime.Tenants;
using Geode.Service.Http;
using Geode.Topology;
using Microsoft.AspNetCore.Http;

namespace Geode.Service.Stamps;

/// <summary>Which tenant a request is for. On a planet without stamps that is all there is to it: every tenant is everywhere.</summary>
internal static class TenantReading
{
    /// <summary>What the client asked for; a router in front has another name.</summary>
    public const string ForwardedHost = "X-Forwarded-Host";

    public static void Use(WebApplication app)
    {
        var (settings, problems) = (new TenantSettings(), app.Services.GetRequiredService<IProblemDetailsService>());
        app.Use((context, next) =>
        {
            if (Of(context.Request, settings) is not { } tenant)
                return next(context);
            if (!TenantName.IsLegal(tenant))
                return RefuseAsync(context, problems, StatusCodes.Status400BadRequest, IsNone(tenant));
            context.Features.Set(new Tenant(tenant, IsPlaced: true));
            return next(context);
        });
    }

    /// <summary>Null: it names none. It may be no legal name.</summary>
    public static string? Of(HttpRequest request, TenantSettings settings) =>
        TenantName.Of(request, settings, request.Headers[ForwardedHost].FirstOrDefault());

    public static string IsNone(string tenant) =>
        $"'{(tenant.Length > TenantName.Longest ? tenant[..TenantName.Longest] + "…" : tenant)}' is no tenant; allowed are 1 to {TenantName.Longest} letters, digits and hyphens, no hyphen at an end.";

    public static async Task RefuseAsync(HttpContext context, IProblemDetailsService problems, int status, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        await problems.WriteAsync(new() { HttpContext = context, ProblemDetails = Problems.Details(status, null, detail) });
    }
}
