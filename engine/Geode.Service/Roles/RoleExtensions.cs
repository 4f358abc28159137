using Geode.Service.Hosting;
using Geode.Service.Roles;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of roles.</summary>
public static class RoleExtensions
{
    /// <summary>One process of the planet at a time does this for all of it; another takes over within 12 s of its loss. None of the edge
    /// does.</summary>
    /// <typeparam name="TRole">Made once; may take any service.</typeparam>
    /// <param name="geode">The geode.</param>
    /// <param name="name">The role's name; part of its lease's.</param>
    public static GeodeBuilder AddRole<TRole>(this GeodeBuilder geode, string name)
        where TRole : class, IRole
    {
        if (!geode.IsFirst($"role {name}"))
            throw new ArgumentException($"There is a role named '{name}' already; its lease would be shared.", nameof(name));
        geode.Services.AddSingleton<TRole>();
        // Whose link may be down for hours holds nothing for others.
        if (geode.Region.IsEdge)
            return geode;
        geode.Services.AddSingleton<IHostedService>(provider =>
        {
            var lease = ActivatorUtilities.CreateInstance<RoleLease>(provider, name, LeaseTimes.Usual);
            return ActivatorUtilities.CreateInstance<RoleHolder>(provider, name, provider.GetRequiredService<TRole>(), lease, LeaseTimes.Usual);
        });
        return geode;
    }
}
