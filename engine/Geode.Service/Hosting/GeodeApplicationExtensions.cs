using Geode.Service.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The geode's part of the pipeline.</summary>
public static class GeodeApplicationExtensions
{
    /// <summary>Uses and maps what was added to the geode, in the one order that works. To be called after <c>MapDefaultEndpoints</c> and
    /// before anything of the service's own.</summary>
    public static WebApplication UseGeode(this WebApplication app)
    {
        foreach (var part in app.Services.GetServices<GeodePart>().OrderBy(part => part.Stage))
            part.Use(app);
        return app;
    }
}
