using Geode.Service.Hosting;
using Geode.Service.Http;
using Geode.Topology;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of what every request passes.</summary>
public static class HttpEdgeExtensions
{
    /// <summary>Makes the service fit to stand behind the planet's router: every answer names its region (<c>X-Geode-Region</c>), errors are
    /// problem details (RFC 9457) that name the field at fault, a backplane that cannot serve is 503 or 429 with <c>Retry-After</c>, bodies
    /// are at most 64 KB, and one visitor writes at most <c>Geode__WritesPerSecond</c> times a second (100 unless set).</summary>
    /// <remarks>With <c>Geode__FrontDoorId</c> set, whatever did not come through that Front Door profile is refused with 403, health probes
    /// included. Without it, as on a laptop, there is no lock.</remarks>
    /// <exception cref="OptionsValidationException">The profile's id is none: better no geode than an open one.</exception>
    /// <exception cref="PlanetException">The writes per second are no number above 0.</exception>
    public static GeodeBuilder AddHttpEdge(this GeodeBuilder geode)
    {
        if (!geode.IsFirst())
            return geode;
        FrontDoorLock.AddTo(geode.Services, geode.Host.Configuration);
        HttpEdge.AddTo(geode.Services);
        geode.Use(GeodeStage.Edge, HttpEdge.Use);
        RateLimits.AddTo(geode.Services, geode.Host.Configuration);
        geode.Use(GeodeStage.Limits, app => app.UseRateLimiter());
        return geode;
    }
}
