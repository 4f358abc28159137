using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Geode.Runtime.Telemetry;

/// <summary>Names the span of a request after its method and route (<c>POST /api/questions</c>), as OpenTelemetry's conventions for HTTP
/// want it: ASP.NET Core gives it the same technical name for all requests.</summary>
internal sealed class RequestSpanName : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (HttpContext context, RequestDelegate rest) =>
        {
            try
            {
                await rest(context);
            }
            finally
            {
                Name(context);
            }
        });
        next(app);
    };

    private static void Name(HttpContext context)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
            return;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        if (route is not null)
            span.SetTag("http.route", route);
    }
}
