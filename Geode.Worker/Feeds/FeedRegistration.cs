using Microsoft.Extensions.DependencyInjection;

namespace Geode.Worker.Feeds;

internal static class FeedRegistration
{
    public static void AddFeedProcessing(this IServiceCollection services) => services.AddSingleton<LeaseMarker>();

    /// <summary>Runs that handler on its container's change feed.</summary>
    public static void AddProcessor<THandler>(this IServiceCollection services)
        where THandler : class, IFeedHandler
    {
        services.AddSingleton<THandler>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Processor<THandler>>(
            provider, provider.GetRequiredService<THandler>()));
        services.AddSingleton<IProcessor>(provider => provider.GetRequiredService<Processor<THandler>>());
        // AddHostedService would take the second processor for the first.
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<Processor<THandler>>().Host(provider));
    }
}

/// <summary>A processor of this process, for whoever reports on them.</summary>
internal interface IProcessor
{
    IFeedHandler Handler { get; }

    FeedStatus Status { get; }
}

/// <summary>One handler with its own status.</summary>
internal sealed class Processor<THandler>(THandler handler, TimeProvider clock) : IProcessor
    where THandler : class, IFeedHandler
{
    public THandler Handler => handler;

    public FeedStatus Status { get; } = new(clock);

    IFeedHandler IProcessor.Handler => handler;

    public FeedProcessor Host(IServiceProvider provider)
    {
        var letters = ActivatorUtilities.CreateInstance<DeadLetters>(provider, Status);
        var batches = ActivatorUtilities.CreateInstance<BatchRunner>(provider, letters, Status);
        return ActivatorUtilities.CreateInstance<FeedProcessor>(provider, handler, batches, Status);
    }
}
