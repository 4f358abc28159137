using Geode.Service.Counters;
using Geode.Service.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of counters.</summary>
public static class CounterExtensions
{
    /// <summary>Counters that each region keeps for itself and everyone adds up. Whoever counts or reads takes
    /// <c>[FromKeyedServices("kind")]</c> <see cref="OwnRegionCounters"/>.</summary>
    /// <param name="geode">The geode.</param>
    /// <param name="kind">Which counters these are.</param>
    public static GeodeBuilder AddOwnRegionCounters(this GeodeBuilder geode, string kind)
    {
        geode.Services.AddKeyedSingleton(kind, (provider, _) => ActivatorUtilities.CreateInstance<OwnRegionCounters>(provider, kind));
        geode.Services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<OwnRegionCounters>(kind));
        return geode;
    }
}
