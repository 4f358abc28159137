using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Service.Stamps;
using Geode.Service.Stamps.Forwarding;
using Geode.Service.Stamps.Moves;
using Geode.Topology;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of stamps.</summary>
public static class StampExtensions
{
    /// <summary>Endpoints find the tenant that a request names by <c>HttpContext.Tenant()</c>. On a planet with stamps such a request is served only where
    /// that tenant's data is, and sent there from everywhere else, or passed on where <c>Geode__Stamps__NAME</c> says to where; on one without stamps,
    /// everywhere.</summary>
    /// <param name="geode">The geode. Its containers for what tenants have are those whose partition key begins with <c>/tenant</c>.</param>
    /// <exception cref="PlanetException">What the process is told of the stamps is wrong.</exception>
    public static GeodeBuilder AddStamps(this GeodeBuilder geode)
    {
        if (!geode.IsFirst())
            return geode;
        geode.Services.AddProblemDetails();
        if (geode.AddStampPlace() is not { } place)
        {
            geode.Use(GeodeStage.Tenants, TenantReading.Use);
            return geode;
        }

        geode.Services.AddSingleton<Charters>();
        geode.AddHosted<StampMember>();
        geode.Services.AddSingleton<TenantPlacing>();
        geode.Services.AddHttpForwarder();
        geode.Services.AddSingleton(StampAddresses.Read(geode.Host.Configuration, place));
        geode.Services.AddSingleton<StampForwarder>();
        geode.Services.AddSingleton<TenantGate>();
        geode.Use(GeodeStage.Tenants, TenantGate.Use);
        return geode;
    }

    /// <summary>On a planet with stamps: places tenants and moves them when told to, for one stamp in one process at a time. For a Worker. On a
    /// planet without stamps nothing.</summary>
    /// <inheritdoc cref="AddStamps"/>
    public static GeodeBuilder AddTenantMoves(this GeodeBuilder geode)
    {
        if (geode.AddStampPlace() is not { } place || !geode.IsFirst())
            return geode;
        var own = BackplaneConnection.Parse(geode.Host.Configuration.GetConnectionString("backplane"));
        geode.Services.AddSingleton(provider => new StampAccounts(place, own, provider.GetRequiredService<IConfiguration>()));
        geode.AddRole<TenantMover>("tenants");
        geode.Use(GeodeStage.Endpoints, TenantEndpoints.Map);
        return geode;
    }

    private static StampPlace? AddStampPlace(this GeodeBuilder geode)
    {
        if (StampPlace.Of(geode.Host.Configuration, geode.Region) is not { } place)
            return null;
        if (geode.IsFirst())
        {
            var directory = BackplaneConnection.Parse(geode.Host.Configuration.GetConnectionString("directory"), PlanetEnvironment.DirectoryConnection);
            geode.Services.AddSingleton(place);
            geode.Services.AddSingleton(provider => new TenantDirectory(place.Whole, geode.Region, directory));
        }

        return place;
    }
}
