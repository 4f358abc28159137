using System.Runtime.CompilerServices;
using Geode.Topology;

namespace Geode.Service.Hosting;

/// <summary>A service that becomes a geode: what it takes from the engine is added here, each in a call of its own.</summary>
public sealed class GeodeBuilder
{
    private readonly HashSet<string> _added = [];

    internal GeodeBuilder(IHostApplicationBuilder host, Planet planet, Region region, GeodeOptions options) =>
        (Host, Planet, Region, Options) = (host, planet, region, options);

    /// <summary>The application that is being built.</summary>
    public IHostApplicationBuilder Host { get; }

    /// <summary>The application's services.</summary>
    public IServiceCollection Services => Host.Services;

    /// <summary>The planet that this geode is part of.</summary>
    public Planet Planet { get; }

    /// <summary>The region that this geode serves.</summary>
    public Region Region { get; }

    /// <summary>The engine's own containers.</summary>
    public GeodeOptions Options { get; }

    /// <summary>False when the calling method has been here before: what it adds is there already.</summary>
    internal bool IsFirst([CallerMemberName] string call = "") => _added.Add(call);

    /// <summary>Has <c>UseGeode</c> do this, at its place in the pipeline.</summary>
    internal void Use(GeodeStage stage, Action<WebApplication> use) => Services.AddSingleton(new GeodePart(stage, use));

    /// <summary>Runs <typeparamref name="TService"/>, which others can ask for too, for as long as the application runs.</summary>
    internal void AddHosted<TService>()
        where TService : class, IHostedService
    {
        Services.AddSingleton<TService>();
        Services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<TService>());
    }
}
