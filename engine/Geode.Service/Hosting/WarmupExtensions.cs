using Geode.Service.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of what warms a geode up.</summary>
public static class WarmupExtensions
{
    /// <summary>Has the service read once what visitors will read, soon after it is ready.</summary>
    /// <param name="geode">The geode.</param>
    /// <param name="walk">Reads, with the services of one request. Called again while the backplane does not answer.</param>
    public static GeodeBuilder AddWarmup(this GeodeBuilder geode, Func<IServiceProvider, CancellationToken, Task> walk)
    {
        geode.Services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<Warmup>(provider, walk));
        return geode;
    }
}
