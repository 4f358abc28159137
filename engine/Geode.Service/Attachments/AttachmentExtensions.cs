using Geode.Service.Attachments;
using Geode.Service.Hosting;
using Geode.Topology;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of attachments.</summary>
public static class AttachmentExtensions
{
    /// <summary>Adds the <see cref="AttachmentStore"/>, where the planet has attachments; else nothing.</summary>
    /// <param name="geode">The geode. It is ready without its account of attachments, too.</param>
    /// <exception cref="PlanetException">A region's account is not given, or wrongly: <c>Geode__Attachments__REGION</c>.</exception>
    public static GeodeBuilder AddAttachments(this GeodeBuilder geode)
    {
        if (geode.Planet.Attachments is null || !geode.IsFirst())
            return geode;
        var accounts = new AttachmentAccounts(geode.Planet, geode.Host.Configuration);
        geode.Services.AddSingleton(provider => new AttachmentStore(geode.Planet, geode.Region, accounts, provider.GetService<TimeProvider>() ?? TimeProvider.System));
        return geode;
    }

    /// <summary>Serves attachments, where the planet has them: <c>POST</c> stores a body, <c>GET</c> and <c>HEAD</c> of <c>/REGION/NAME</c> below read one,
    /// <c>DELETE</c> deletes it. Whoever knows the address may do all of that: who may not is the service's to say, of the group that is returned.</summary>
    /// <param name="routes">The application.</param>
    /// <param name="prefix">Below which they are. The router knows <c>/attachments</c>.</param>
    /// <returns>All of these endpoints; empty on a planet without attachments.</returns>
    public static RouteGroupBuilder MapAttachments(this IEndpointRouteBuilder routes, string prefix = "/attachments")
    {
        ArgumentNullException.ThrowIfNull(routes);
        var group = routes.MapGroup(prefix);
        if (routes.ServiceProvider.GetService<AttachmentStore>() is not { } store)
            return group;
        group.MapPost("", (Delegate)((HttpContext http) => AttachmentEndpoints.SaveAsync(http, store, prefix)));
        group.MapMethods("/{region}/{name}", [HttpMethods.Get, HttpMethods.Head], (string region, string name, HttpContext http) => AttachmentEndpoints.ReadAsync(region, name, http, store));
        group.MapDelete("/{region}/{name}", (string region, string name, HttpContext http) => AttachmentEndpoints.DeleteAsync(region, name, http, store));
        return group;
    }
}
