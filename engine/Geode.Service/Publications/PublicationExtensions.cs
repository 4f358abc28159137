using Geode.Service.Hosting;
using Geode.Service.Publications;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of publications.</summary>
public static class PublicationExtensions
{
    /// <summary>Has this process use the newest good version of a publication: <see cref="Published{T}"/>. <c>GET /api/publications</c> shows
    /// which that is, and what was refused.</summary>
    /// <typeparam name="T">What is used; each publication needs a type of its own.</typeparam>
    /// <typeparam name="TReader">Makes it of bytes; made once, may take any service.</typeparam>
    /// <param name="geode">The geode.</param>
    /// <param name="name">The publication's: letters from <c>a</c> to <c>z</c>, digits and <c>-</c>.</param>
    /// <exception cref="ArgumentException">The name is none, or the publication or its type is used already.</exception>
    public static GeodeBuilder AddPublication<T, TReader>(this GeodeBuilder geode, string name)
        where T : class
        where TReader : class, IPublicationReader<T>
    {
        Publication.RequireName(name);
        if (!geode.IsFirst($"publication {name}"))
            throw new ArgumentException($"There is a publication named '{name}' already.", nameof(name));
        if (!geode.IsFirst($"published {typeof(T)}"))
            throw new ArgumentException($"There is a publication of {typeof(T).Name} already; '{name}' needs a type of its own.", nameof(name));
        geode.AddPublicationBoard();
        geode.AddPublicationView();
        geode.Services.AddSingleton<TReader>();
        geode.Services.AddSingleton(new Published<T>());
        geode.Services.AddSingleton<PublicationReading<T>>(
            provider => ActivatorUtilities.CreateInstance<PublicationReading<T>>(provider, name, provider.GetRequiredService<TReader>()));
        geode.Services.AddSingleton<PublicationFollower>(provider => provider.GetRequiredService<PublicationReading<T>>());
        geode.Services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<PublicationReading<T>>());
        return geode;
    }

    /// <summary>For who publishes, the Worker: <see cref="Publisher"/>. Where the planet has a control API, it also rolls back what this process
    /// uses.</summary>
    public static GeodeBuilder AddPublisher(this GeodeBuilder geode)
    {
        if (!geode.IsFirst())
            return geode;
        geode.AddPublicationBoard();
        geode.Services.AddSingleton<PublicationOrders>();
        geode.Use(GeodeStage.Endpoints, PublicationEndpoints.MapOrders);
        geode.Services.AddSingleton(provider => new Publisher(
            provider.GetRequiredService<PublicationBoard>(), provider.GetRequiredService<PublicationLimits>(), provider.GetServices<PublicationFollower>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Publisher>>()));
        return geode;
    }

    private static void AddPublicationBoard(this GeodeBuilder geode)
    {
        if (!geode.IsFirst())
            return;
        geode.Services.TryAddSingleton(new PublicationLimits());
        geode.Services.AddSingleton<PublicationBoard>();
    }

    private static void AddPublicationView(this GeodeBuilder geode)
    {
        if (!geode.IsFirst())
            return;
        geode.AddHosted<PublicationMetrics>();
        geode.Use(GeodeStage.Endpoints, PublicationEndpoints.MapView);
    }
}
